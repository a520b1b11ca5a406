import type { Language } from '../../../text/language.ts'
import type { Passage } from '../document/search-passages.ts'

/** What an answer is made from. */
export interface ChatPrompt {
  /** That of the question. */
  readonly language: Language
  readonly system: string
  /** What was said before, oldest first. */
  readonly history: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]
  readonly question: string
  /** What the tenant's documents say about it, best first. */
  readonly passages: readonly Passage[]
}

/** Tokens of one answer. */
export interface TokenUse {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Writes answers. */
export interface ChatModel {
  /** In the list of prices and in what is recorded. */
  readonly name: string
  /** The most that an answer to the prompt can take. */
  estimate(prompt: ChatPrompt): TokenUse
  /**
   * Gives the answer piece by piece, and in the end what it took.
   * @throws StandardApiError `SERVICE_UNAVAILABLE` when no answer is to be had; the signal's reason
   */
  answer(prompt: ChatPrompt, signal: AbortSignal): AsyncGenerator<string, TokenUse>
}

import { assistantText } from '../../../text/assistant-text.ts'
import { DOCUMENT_SEARCH } from '../assistant-definition.ts'
import type { ChatModel, ChatPrompt, TokenUse } from './chat-model.ts'
import { countTokens } from './count-tokens.ts'

/** Answers with quotes of what the documents say, or that they say nothing; needs nobody and costs nothing. */
export const documentSearch: ChatModel = Object.freeze({
  name: DOCUMENT_SEARCH,
  estimate: (prompt: ChatPrompt) => tokensOf(prompt, piecesOf(prompt)),
  async *answer(prompt: ChatPrompt, signal: AbortSignal) {
    const pieces = piecesOf(prompt)
    for (const piece of pieces) {
      signal.throwIfAborted()
      yield piece
    }
    return tokensOf(prompt, pieces)
  },
})

function piecesOf({ language, passages }: ChatPrompt): string[] {
  const { answers } = assistantText(language)
  if (passages.length === 0) return [answers.notFound]
  return [answers.found, ...passages.map(({ title, content }) => `\n\n${marked(title, language)}\n${content}`)]
}

function marked(title: string, language: ChatPrompt['language']): string {
  return language === 'ko' ? `「${title}」` : `“${title}”`
}

function tokensOf({ question }: ChatPrompt, pieces: readonly string[]): TokenUse {
  return { inputTokens: countTokens(question), outputTokens: countTokens(pieces.join('')) }
}

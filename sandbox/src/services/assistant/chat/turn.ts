import { assertStorable, type EntityManager } from '@mt-paas/core'
import { FeatureDisabledError, ResourceNotFoundError } from '@mt-paas/server'
import type { Language } from '../../../text/language.ts'
import { type AssistantDefinition, DOCUMENT_SEARCH } from '../assistant-definition.ts'
import type { AssistantParts } from '../assistant-parts.ts'
import { searchPassages } from '../document/search-passages.ts'
import { session } from '../entity/index.ts'
import { answerTurn } from './answer-turn.ts'
import type { ChatModel, ChatPrompt } from './chat-model.ts'
import { reserveQuota } from './reserve-quota.ts'

/** What conversations work with. */
export interface ChatParts extends AssistantParts {
  readonly model: ChatModel
}

/** Who asks. */
export interface Asker {
  readonly tenantId: string
  readonly em: EntityManager
  /** Null is a visitor. */
  readonly userId: string | null
}

/** What is asked. */
export interface Question {
  readonly text: string
  /** The conversation it belongs to. @default a new one */
  readonly sessionId?: string | undefined
  /** That of the answer, when the question does not tell. */
  readonly language: Language
  /** Gives the answer up: nobody waits for it any more. */
  readonly signal: AbortSignal
}

/** What an answer was, as the API gives it. */
export interface ChatAnswer {
  readonly session_id: string
  readonly message_id: string
  readonly answer: string
  readonly model: string
  readonly sources: readonly { readonly document_id: string; readonly title: string }[]
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number }
}

/** A question that may be answered, and its answer piece by piece. It has to be read, or returned from. */
export interface Turn {
  readonly sessionId: string
  readonly pieces: AsyncGenerator<string, ChatAnswer | undefined>
}

const TITLE_LENGTH = 60

/**
 * Takes a question: who may not ask it is refused here, before the answer begins.
 * @throws FeatureDisabledError, QuotaExceededError, ResourceNotFoundError for a conversation of someone else
 */
export async function takeTurn(
  parts: ChatParts,
  asker: Asker,
  { text, sessionId, language: preferred, signal }: Question,
): Promise<Turn> {
  assertStorable({ message: text, session_id: sessionId })
  const { mt, model, now, newId, definition } = parts
  const { tenantId, em, userId } = asker
  await mt.quota.assertFeature(tenantId, 'chat')
  const withDocuments = await mt.quota.hasFeature(tenantId, 'rag')
  if (!withDocuments && model.name === DOCUMENT_SEARCH) throw new FeatureDisabledError('rag')
  const isNew = sessionId === undefined
  if (!isNew && !(await em.count(session, { id: sessionId, user: userId }))) throw new ResourceNotFoundError(sessionId)
  const language = languageOf(text, preferred)
  const prompt: ChatPrompt = {
    language,
    system: definition.systemPrompt[language],
    history: isNew ? [] : await historyOf(em, sessionId, definition),
    question: text,
    passages: withDocuments ? await searchPassages(em, text) : [],
  }
  const conversation = {
    id: sessionId ?? `session_${newId()}`,
    title: [...text.replaceAll(/\s+/g, ' ').trim()].slice(0, TITLE_LENGTH).join(''),
    isNew,
    askedAt: now(),
  }
  const reservation = await reserveQuota(mt, tenantId, model.estimate(prompt))
  return {
    sessionId: conversation.id,
    pieces: answerTurn(parts, { asker, prompt, conversation, reservation, signal }),
  }
}

function languageOf(text: string, preferred: Language): Language {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko'
  return /[a-z]{2}/i.test(text) ? 'en' : preferred
}

async function historyOf(
  em: EntityManager,
  sessionId: string,
  { rememberedMessages }: AssistantDefinition,
): Promise<ChatPrompt['history']> {
  const rows = await em.execute<{ role: 'user' | 'assistant'; content: string }[]>(
    'select author as role, content from messages where session_id = ? order by position desc limit ?',
    [sessionId, rememberedMessages],
  )
  return rows.reverse()
}

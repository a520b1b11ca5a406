import { meterUsage } from '../usage/meter-usage.ts'
import type { ChatPrompt, TokenUse } from './chat-model.ts'
import { countTokens } from './count-tokens.ts'
import type { QuotaReservation } from './reserve-quota.ts'
import { type Exchanged, storeExchange } from './store-exchange.ts'
import type { Asker, ChatAnswer, ChatParts } from './turn.ts'

/** A question that was taken. */
export interface TakenTurn {
  readonly asker: Asker
  readonly prompt: ChatPrompt
  readonly conversation: Exchanged['conversation']
  readonly reservation: QuotaReservation
  readonly signal: AbortSignal
}

/**
 * Gives the answer piece by piece and keeps it. One that breaks off, because the model failed or the caller went away,
 * is kept as far as it came, with the tokens it took; without a word of it nothing has happened.
 * @throws StandardApiError `SERVICE_UNAVAILABLE`
 */
export async function* answerTurn(parts: ChatParts, turn: TakenTurn): AsyncGenerator<string, ChatAnswer | undefined> {
  const { model } = parts
  const { prompt } = turn
  const pieces = model.answer(prompt, turn.signal)
  let text = ''
  let use: TokenUse | undefined
  let kept: ChatAnswer | undefined
  try {
    for (;;) {
      const next = await pieces.next()
      if (next.done) {
        use = next.value
        break
      }
      text += next.value
      yield next.value
    }
  } finally {
    await pieces.return(NOTHING)
    const { inputTokens } = model.estimate(prompt)
    const taken = use ?? (text === '' ? undefined : { inputTokens, outputTokens: countTokens(text) })
    kept = taken && (await keep(parts, turn, { text, use: taken }))
    await turn.reservation.settle(taken)
  }
  return kept
}

const NOTHING: TokenUse = { inputTokens: 0, outputTokens: 0 }

async function keep(
  parts: ChatParts,
  { asker, prompt, conversation }: TakenTurn,
  { text, use }: { readonly text: string; readonly use: TokenUse },
): Promise<ChatAnswer> {
  const { mt, model, now } = parts
  const messageId = await storeExchange(parts, {
    asker,
    conversation,
    question: prompt.question,
    answer: { text, model: model.name, answeredAt: now(), ...use },
  })
  await meter({ usage: mt.usage, tenantId: asker.tenantId, now }, asker)
  return {
    session_id: conversation.id,
    message_id: messageId,
    answer: text,
    model: model.name,
    sources: sourcesOf(prompt),
    usage: { input_tokens: use.inputTokens, output_tokens: use.outputTokens },
  }
}

/** What cannot be recorded now is recorded with the next answer. */
async function meter(options: Parameters<typeof meterUsage>[1], { em }: Asker): Promise<void> {
  try {
    await meterUsage(em.fork(), options)
  } catch {
    // The rows are not marked.
  }
}

function sourcesOf({ passages }: ChatPrompt): ChatAnswer['sources'] {
  const titles = new Map(passages.map(({ documentId, title }) => [documentId, title]))
  return [...titles].map(([document_id, title]) => ({ document_id, title }))
}

import { message, modelPrice, session, user } from '../entity/index.ts'
import type { TokenUse } from './chat-model.ts'
import type { Asker, ChatParts } from './turn.ts'

/** A question and its answer. */
export interface Exchanged {
  readonly asker: Asker
  readonly conversation: {
    readonly id: string
    readonly title: string
    readonly isNew: boolean
    readonly askedAt: Date
  }
  readonly question: string
  readonly answer: TokenUse & { readonly text: string; readonly model: string; readonly answeredAt: Date }
}

/** Keeps both, with the conversation that they begin, and gives the id of the answer. */
export async function storeExchange(
  { definition, newId }: Pick<ChatParts, 'definition' | 'newId'>,
  { asker, conversation, question, answer }: Exchanged,
): Promise<string> {
  const { id, title, isNew, askedAt } = conversation
  const messageId = `message_${newId()}`
  const price = definition.prices.find(({ model }) => model === answer.model)
  const unpriced = { model: answer.model, inputPrice: '0', outputPrice: '0' }
  await asker.em.fork().transactional(async (em) => {
    await em.upsert(modelPrice, price ?? unpriced, { onConflictAction: 'ignore' })
    // Removed while the answer was written: then it is nobody's.
    const who = asker.userId === null ? null : await em.findOne(user, { id: asker.userId })
    if (isNew) em.create(session, { id, user: who, title, startedAt: askedAt })
    const common = { session: id, user: who }
    em.create(message, {
      ...common,
      id: `message_${newId()}`,
      author: 'user',
      content: question,
      model: null,
      inputTokens: 0,
      outputTokens: 0,
      createdAt: askedAt,
    })
    await em.flush()
    em.create(message, {
      ...common,
      id: messageId,
      author: 'assistant',
      content: answer.text,
      model: answer.model,
      inputTokens: answer.inputTokens,
      outputTokens: answer.outputTokens,
      createdAt: answer.answeredAt,
    })
  })
  return messageId
}

import { ResourceNotFoundError, StandardApiError } from '@mt-paas/server'
import { z } from 'zod'
import { AssistantError } from '../assistant-error.ts'
import { answerEvents } from '../chat/answer-events.ts'
import { type Asker, type Turn, takeTurn } from '../chat/turn.ts'
import { session } from '../entity/index.ts'
import { wireTime } from '../procedure/wire-time.ts'
import { type AssistantContext, at, memberAt, memberOf } from './assistant-procedure.ts'

const ChatInput = z.object({
  message: z
    .string()
    .max(4_000)
    .refine((text) => text.trim() !== '', 'Must not be empty'),
  session_id: z.string().min(1).max(200).optional(),
  /** For visitors; who has logged in has a tenant. */
  tenant_id: z.string().min(1).max(100).optional(),
  /** Whether the answer is sent as it is written, as with `Accept: text/event-stream`. */
  stream: z.boolean().default(false),
})
const Page = z.object({
  limit: z.coerce.number<number>().int().min(1).max(100).default(20),
  offset: z.coerce.number<number>().int().min(0).max(1_000_000).default(0),
})

/** Questions and answers. */
export const chatProcedures = {
  chat: at('POST', '/chat')
    .input(ChatInput)
    .mutation(async ({ ctx, input }) => {
      const { parts, exchange, text } = ctx
      const asker = await askerOf(ctx, input.tenant_id)
      const { requestId, signal, reply } = exchange
      const question = { text: input.message, sessionId: input.session_id, language: text.language, signal }
      const turn = await takeTurn(parts, asker, question)
      if (!input.stream && exchange.koa.accepts(['json', 'text/event-stream']) !== 'text/event-stream') {
        return wholeAnswer(turn, signal)
      }
      const onError = (error: unknown) => parts.onBroken(error, requestId)
      reply.setHeader('Content-Type', 'text/event-stream; charset=utf-8')
      reply.setHeader('X-Accel-Buffering', 'no')
      reply.stream = await answerEvents(turn, { signal, requestId, onError })
      return undefined
    }),
  listSessions: memberAt('GET', '/sessions')
    .input(Page)
    .query(async ({ ctx: { member }, input }) => {
      const { em, userId } = member
      const order = { orderBy: { startedAt: 'desc', id: 'asc' } } as const
      const [found, total] = await em.findAndCount(session, { user: userId }, { ...order, ...input })
      const sessions = found.map(({ id, title, startedAt }) => ({
        session_id: id,
        title,
        started_at: wireTime(startedAt),
      }))
      return { total, sessions }
    }),
  getSession: memberAt('GET', '/sessions/{session_id}')
    .input(z.object({ session_id: z.string().max(200) }))
    .query(async ({ ctx: { member }, input }) => {
      const { em, userId } = member
      const found = await em.findOne(session, { id: input.session_id, user: userId })
      if (!found) throw new ResourceNotFoundError(input.session_id)
      const rows = await em.execute<{ id: string; author: string; content: string; at: Date }[]>(
        `select id, author, content, created_at as at from messages where session_id = ? order by position`,
        [found.id],
      )
      const messages = rows.map(({ id, author, content, at: when }) => ({
        message_id: id,
        author,
        content,
        created_at: wireTime(new Date(when)),
      }))
      return { session_id: found.id, title: found.title, messages }
    }),
}

/** Everyone has to log in where only members may ask; elsewhere visitors name the tenant and are held to a pace. */
async function askerOf(ctx: AssistantContext, named: string | undefined): Promise<Asker> {
  const { parts, exchange, text } = ctx
  const member = await memberOf(ctx)
  if (member) {
    if (named !== undefined && named !== member.tenantId) throw StandardApiError.tenantMismatch()
    return member
  }
  if (parts.definition.askedBy === 'members') throw StandardApiError.unauthorized()
  const wait = parts.visits.begin(exchange.koa.ip)
  if (wait !== undefined) throw AssistantError.tooManyQuestions(text.refusals, wait)
  const surrounding: unknown = Reflect.get(Object(exchange.koa.state.tenant), 'id')
  const tenantId = named ?? surrounding
  if (typeof tenantId !== 'string') {
    throw StandardApiError.invalidRequest([{ loc: ['body', 'tenant_id'], message: 'Visitors name the tenant' }])
  }
  if (surrounding !== undefined && surrounding !== tenantId) throw StandardApiError.tenantMismatch()
  return { tenantId, userId: null, em: await parts.mt.tenants.entityManager(tenantId) }
}

async function wholeAnswer({ pieces }: Turn, signal: AbortSignal) {
  for (;;) {
    const next = await pieces.next().catch((error: unknown) => {
      throw signal.aborted ? AssistantError.callerLeft() : error
    })
    if (!next.done) continue
    if (!next.value) throw new Error('An answer has ended without one')
    return { success: true, ...next.value }
  }
}

import type { EntityManager } from '@mt-paas/core'
import { type Exchange, type RestMeta, StandardApiError } from '@mt-paas/server'
import { initTRPC } from '@trpc/server'
import type { AssistantDictionary } from '../../../text/assistant-dictionary.ts'
import { AssistantError } from '../assistant-error.ts'
import type { ChatParts } from '../chat/turn.ts'
import type { AttemptLimit } from '../login/attempt-limit.ts'
import type { Invitations } from '../login/invitations.ts'
import type { Logins } from '../login/logins.ts'
import type { UserTokens } from '../login/user-tokens.ts'

/** What the API of a service's people works with. */
export interface AssistantApiParts extends ChatParts {
  readonly tokens: UserTokens
  readonly logins: Logins
  readonly invitations: Invitations
  /** Questions of visitors, by address. */
  readonly visits: AttemptLimit
  /** Gets what breaks an answer off that has begun. */
  readonly onBroken: (error: unknown, requestId: string) => void
}

/** What procedures know of a request. */
export interface AssistantContext {
  readonly parts: AssistantApiParts
  readonly exchange: Exchange
  readonly text: AssistantDictionary
}

/** A user who has logged in. */
export interface Member {
  readonly tenantId: string
  readonly userId: string
  readonly role: string
  readonly em: EntityManager
}

const trpc = initTRPC.context<AssistantContext>().meta<RestMeta>().create({ isDev: false })

type Method = RestMeta['openapi']['method']

/** Makes the router. */
export const createRouter = trpc.router

/** A procedure for everyone. */
export function at(method: Method, path: `/${string}`, status = 200) {
  return trpc.procedure.meta({ openapi: { method, path }, rest: { status } })
}

/** A procedure for users who have logged in. */
export function memberAt(method: Method, path: `/${string}`, status = 200) {
  return at(method, path, status).use(async function authenticate({ ctx, next }) {
    const member = await memberOf(ctx)
    if (!member) throw StandardApiError.unauthorized()
    return next({ ctx: { member } })
  })
}

/** A procedure for administrators of the tenant. */
export function administratorAt(method: Method, path: `/${string}`, status = 200) {
  return memberAt(method, path, status).use(async function administrate({ ctx, next }) {
    if (ctx.member.role !== 'admin') throw AssistantError.administratorsOnly(ctx.text.refusals)
    return next()
  })
}

/**
 * The user whose token came with the request; undefined when none came.
 * @throws StandardApiError `UNAUTHORIZED`, or `TENANT_MISMATCH` when the request names another tenant
 */
export async function memberOf({ parts, exchange }: AssistantContext): Promise<Member | undefined> {
  const { koa } = exchange
  const caller = await parts.tokens.bearer.authenticate(koa.headers.authorization)
  if (!caller) return undefined
  const { tenantId, userId, role } = caller
  const named: unknown = Reflect.get(Object(koa.state.tenant), 'id')
  if (named !== undefined && named !== tenantId) throw StandardApiError.tenantMismatch()
  return { tenantId, userId, role, em: await parts.mt.tenants.entityManager(tenantId) }
}

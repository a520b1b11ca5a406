import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import { assertAccess, assertOwnTenant } from '../auth/access.ts'
import type { ErrorCode, Operation } from '../contract/index.ts'
import { type LocateIssue, normaliseError, StandardApiError, wirePath } from '../error/index.ts'
import { runOnce } from '../idempotency/index.ts'
import { optionalTenant } from '../tenant/index.ts'
import { declaredErrors, standardErrorShape } from './error-shape.ts'
import { CallContext, type StandardContext } from './standard-context.ts'
import { metaOf, type StandardMeta } from './standard-meta.ts'

const t = initTRPC
  .context<StandardContext>()
  .meta<StandardMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ error, shape, ctx }) => standardErrorShape({ error, shape, ctx }),
  })

/** Puts procedures together to a router of the Standard API. */
export const createRouter = t.router

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/

/**
 * The one chain of every procedure: errors of the contract → authentication → tenant → input → for mutations, once per
 * idempotency key → output. A procedure of this router cannot be made without it.
 */
export function operationProcedure<TInput extends z.ZodObject, TOutput extends z.ZodObject, TError extends ErrorCode>(
  name: string,
  operation: Operation<TInput, TOutput, TError>,
) {
  const { access } = operation
  const locate = locateIn(operation)
  const { shape, catchall } = operation.input.def
  const takesInput = Object.keys(shape).length > 0 || catchall !== undefined
  const validated = t.procedure
    .meta(metaOf(name, operation))
    .errors(declaredErrors(operation.errors))
    .output(operation.output)
    .use(async function reportInContractTerms({ next }) {
      const result = await (takesInput ? next() : next({ getRawInput: noInput }))
      return result.ok ? result : { ...result, error: normaliseError(result.error, locate) }
    })
    .use(async function authenticate({ ctx, next }) {
      const caller = access === 'public' ? ANONYMOUS : await ctx.authenticate()
      assertAccess(access, caller)
      return next({ ctx: { caller } })
    })
    .use(async function identifyTenant({ ctx, next, getRawInput }) {
      const tenantId = ctx.exchange.pathParameters?.tenant_id ?? tenantIdOf(await getRawInput())
      assertOwnTenant(tenantId, ctx.caller)
      assertSurroundingTenant(tenantId)
      return next({ ctx: { call: new CallContext(ctx.exchange, ctx.caller, tenantId) } })
    })
    .input(operation.input)
  if (operation.type === 'query') return validated
  return validated
    .use(async function runOncePerKey({ ctx, input, next, batchIndex }) {
      const { idempotency: store, call, exchange } = ctx
      const key = call.idempotencyKey
      if (!store || key === undefined) return next()
      const { requestId, reply } = exchange
      const { caller, tenantId } = call
      const once = { store, key, caller, procedure: name, tenantId, batchIndex, input, requestId, reply }
      return (await runOnce(once, next)) as Awaited<ReturnType<typeof next>>
    })
    .output(operation.output)
}

/** An operation without input may be called without one. */
const noInput = async () => ({})

const ANONYMOUS = Object.freeze({ kind: 'anonymous' } as const)

function tenantIdOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('tenant_id' in input)) return undefined
  const { tenant_id: id } = input
  if (typeof id !== 'string') return undefined
  if (id === '' || CONTROL_CHARACTER.test(id)) throw StandardApiError.badRequest('tenant_id is not an id')
  return id
}

/** A tenant that was identified by header or host must be the one the operation is about. */
function assertSurroundingTenant(tenantId: string | undefined): void {
  const surrounding = optionalTenant()
  if (tenantId !== undefined && surrounding && surrounding.id !== tenantId) throw StandardApiError.tenantMismatch()
}

/** Over the tRPC protocol, issues are placed where the member would stand over REST. */
function locateIn({ method, path, repeatedInBody = [] }: Operation): LocateIssue {
  const place = method === 'GET' || method === 'DELETE' ? 'query' : 'body'
  return (keys) => {
    const [first] = keys
    const inPath = typeof first === 'string' && path.includes(`{${first}}`) && !repeatedInBody.includes(first)
    return [inPath ? 'path' : place, ...wirePath(keys)]
  }
}

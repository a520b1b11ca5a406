import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import { assertAccess, assertOwnTenant } from '../auth/access.ts'
import type { Caller } from '../auth/caller.ts'
import type { Access, ErrorCode, Operation } from '../contract/index.ts'
import { type LocateIssue, normaliseError, StandardApiError, wirePath } from '../error/index.ts'
import type { Exchange } from '../http/exchange.ts'
import { runOnce } from '../idempotency/index.ts'
import { type Entering, type Shortcut, withShortcut } from '../rest/shortcut.ts'
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
  const declared = t.procedure
    .meta(metaOf(name, operation))
    .errors(declaredErrors(operation.errors))
    .output(operation.output)
  const admit = (call: Entering) => {
    const ctx = call.ctx as StandardContext
    const admitted = admittedCall(ctx, access, call.rawInput)
    return admitted instanceof Promise ? admitted.then((call) => within(ctx, call)) : within(ctx, admitted)
  }
  const refuse = (thrown: unknown) => normaliseError(thrown, locate)
  const validated = (
    takesInput
      ? declared
      : declared.use(withShortcut(({ next }) => next({ getRawInput: async () => noInput() }), NO_INPUT))
  )
    // One step for all, as each step of a chain costs a call more than what it does here.
    .use(
      withShortcut(
        async function admitCall({ ctx, next, getRawInput }) {
          try {
            const result = await next({ ctx: { call: await admittedCall(ctx, access, getRawInput) } })
            return result.ok ? result : { ...result, error: refuse(result.error) }
          } catch (thrown) {
            throw refuse(thrown)
          }
        },
        { enter: admit, refuse },
      ),
    )
    .input(operation.input)
  if (operation.type === 'query') return validated
  return validated
    .use(
      withShortcut(
        async function runOncePerKey({ ctx, input, next, batchIndex }) {
          const { idempotency: store, call, exchange } = ctx
          const key = call.idempotencyKey
          if (!store || key === undefined) return next()
          const { requestId, reply } = exchange
          const { caller, tenantId } = call
          const once = { store, key, caller, procedure: name, tenantId, batchIndex, input, requestId, reply }
          return (await runOnce(once, next)) as Awaited<ReturnType<typeof next>>
        },
        { enter: ({ ctx }) => (isRunOnce(ctx as AdmittedContext) ? undefined : UNCHANGED) },
      ),
    )
    .output(operation.output)
}

interface AdmittedContext extends StandardContext {
  readonly call: CallContext
}

function within(ctx: StandardContext, call: CallContext): { readonly ctx: AdmittedContext } {
  return { ctx: { ...ctx, call } }
}

const UNCHANGED = Object.freeze({})

function isRunOnce({ idempotency, call }: AdmittedContext): boolean {
  return idempotency !== undefined && call.idempotencyKey !== undefined
}

/** Authentication comes before the input is read, which may name the tenant. */
function admittedCall(
  { exchange, authenticate }: StandardContext,
  access: Access,
  rawInput: () => unknown,
): CallContext | Promise<CallContext> {
  const caller = access === 'public' ? ANONYMOUS : authenticate()
  if (caller instanceof Promise) return caller.then((found) => admittedAs(found, { exchange, access, rawInput }))
  return admittedAs(caller, { exchange, access, rawInput })
}

interface Admission {
  readonly exchange: Exchange
  readonly access: Access
  readonly rawInput: () => unknown
}

function admittedAs(caller: Caller, { exchange, access, rawInput }: Admission): CallContext | Promise<CallContext> {
  assertAccess(access, caller)
  const inPath = exchange.pathParameters?.tenant_id
  const input = inPath === undefined ? rawInput() : undefined
  if (input instanceof Promise) return input.then((read) => admittedTo(tenantIdOf(read), caller, exchange))
  return admittedTo(inPath ?? tenantIdOf(input), caller, exchange)
}

function admittedTo(tenantId: string | undefined, caller: Caller, exchange: Exchange): CallContext {
  assertOwnTenant(tenantId, caller)
  assertSurroundingTenant(tenantId)
  return new CallContext(exchange, caller, tenantId)
}

/** An operation without input may be called without one. */
const noInput = () => ({})
const NO_INPUT: Shortcut = { enter: () => ({ rawInput: noInput }) }

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

import { type Exchange, normaliseError, type RestMeta } from '@mt-paas/server'
import { initTRPC } from '@trpc/server'
import { assertAccess } from './assert-access.ts'
import type { Caller, ConsoleAccess } from './caller.ts'
import type { ConsoleParts } from './console-parts.ts'
import { wireError } from './wire-error.ts'

/** Metadata of a procedure; over the tRPC protocol only when it names no route. */
export interface ConsoleMeta extends Partial<RestMeta> {
  /** @default 'operator' */
  readonly access?: ConsoleAccess
}

/** What procedures of the console work with. */
export interface ConsoleContext extends ConsoleParts {
  readonly koa: Exchange['koa']
  /** Who asks for a procedure, by its dotted name. */
  readonly caller: (name: string) => Promise<Caller>
}

const trpc = initTRPC
  .context<ConsoleContext>()
  .meta<ConsoleMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
    errorFormatter({ error, shape }) {
      const { code, status, message, error: name, details } = normaliseError(error)
      const { path } = shape.data
      return { code: shape.code, message, data: { code, httpStatus: status, error: name, details, path } }
    },
  })

/** Puts procedures together to a router of the console. */
export const createRouter = trpc.router

/** The one chain of every procedure: errors of the wire → who asks → input. None can be made without it. */
export const procedure = trpc.procedure
  .use(async function reportInWireTerms({ next }) {
    const result = await next()
    return result.ok ? result : { ...result, error: wireError(result.error) }
  })
  .use(async function authorise({ ctx, meta, path, next, getRawInput }) {
    const caller = await ctx.caller(path)
    await assertAccess({ access: meta?.access ?? 'operator', caller, ctx, getRawInput })
    return next({ ctx: { caller } })
  })

type Method = RestMeta['openapi']['method']

/** A procedure at a method and path. */
export function at(method: Method, path: `/${string}`, access: ConsoleAccess = 'operator') {
  return procedure.meta({ openapi: { method, path }, access })
}

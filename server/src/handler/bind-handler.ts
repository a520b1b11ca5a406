import { type HealthState, lifecycleOperations, type OperationName, operations } from '../contract/index.ts'
import { StandardApiError } from '../error/index.ts'
import { defaultProcedures } from './default-procedures.ts'
import type { LifecycleHandler, Procedure, ProcedureOptions, ProcedureResult, StandardHandler } from './handler.ts'
import type { HandlerContext } from './handler-context.ts'

/** A handler with every procedure in place, hooks and defaults included; made once at start. */
export type BoundHandler = { readonly [TName in OperationName]: Procedure<TName> }

/** What binding needs from outside. */
export interface BindOptions {
  readonly now: () => Date
  /** Gets what an `after` hook threw; the operation has succeeded all the same. */
  readonly onHookError: (error: unknown, ctx: HandlerContext) => void
}

/**
 * Completes a handler of version 2.
 * @throws TypeError naming the procedures that are missing
 */
export function bindHandler(handler: StandardHandler, options: BindOptions): BoundHandler {
  const defaults = defaultProcedures(handler)
  const procedures = boundProcedures(handler, operations, defaults) as BoundHandler
  return { ...procedures, ...hookedLifecycle(handler, options) }
}

/**
 * Completes a handler of version 1; what belongs to version 2 is not found.
 * @throws TypeError naming the procedures that are missing
 */
export function bindLifecycleHandler(handler: LifecycleHandler, options: BindOptions): BoundHandler {
  const notFound = () => Promise.reject(StandardApiError.notFound())
  const absent = Object.fromEntries(Object.keys(operations).map((name) => [name, notFound]))
  const procedures = boundProcedures(handler, lifecycleOperations, {})
  return { ...absent, ...procedures, ...hookedLifecycle(handler, options) } as BoundHandler
}

/** Methods are bound to their handler, so that a handler may be an instance of a class. */
function boundProcedures(handler: object, names: object, defaults: object): Readonly<Record<string, unknown>> {
  const methods: Readonly<Record<string, unknown>> = { ...defaults, checkHealth: () => 'healthy' }
  const bound: Record<string, unknown> = {}
  for (const name of Object.keys(names)) {
    const own: unknown = Reflect.get(handler, name)
    bound[name] = typeof own === 'function' ? own.bind(handler) : methods[name]
  }
  const missing = Object.keys(names).filter((name) => typeof bound[name] !== 'function')
  if (missing.length > 0) throw new TypeError(`The handler lacks ${missing.join(', ')}`)
  return bound
}

function hookedLifecycle(handler: LifecycleHandler, options: BindOptions) {
  return {
    checkHealth: healthCheck(handler, options.now),
    activateTenant: withHooks<'activateTenant'>(
      (call) => handler.activateTenant(call),
      { before: handler.beforeActivate?.bind(handler), after: handler.afterActivate?.bind(handler) },
      options,
    ),
    deactivateTenant: withHooks<'deactivateTenant'>(
      (call) => handler.deactivateTenant(call),
      { before: handler.beforeDeactivate?.bind(handler), after: handler.afterDeactivate?.bind(handler) },
      options,
    ),
  }
}

function healthCheck(handler: LifecycleHandler, now: () => Date): Procedure<'checkHealth'> {
  const version = handler.serviceVersion ?? '1.0.0'
  const timestampOf = wholeSeconds()
  return async () => ({ status: await healthState(handler), version, timestamp: timestampOf(now()) })
}

async function healthState(handler: LifecycleHandler): Promise<HealthState> {
  if (!handler.checkHealth) return 'healthy'
  try {
    return await handler.checkHealth()
  } catch {
    return 'unhealthy'
  }
}

/** Writes times without fractions of a second, each once: writing one takes longer than all else that health does. */
function wholeSeconds(): (date: Date) => string {
  let last = { second: Number.NaN, text: '' }
  return (date) => {
    const second = Math.floor(date.getTime() / 1000)
    if (second !== last.second) last = { second, text: `${date.toISOString().slice(0, 19)}Z` }
    return last.text
  }
}

type HookedName = 'activateTenant' | 'deactivateTenant'

interface Hooks<TName extends HookedName> {
  readonly before: ((options: ProcedureOptions<TName>) => Promise<void> | void) | undefined
  readonly after:
    | ((options: ProcedureOptions<TName> & { readonly output: ProcedureResult<TName> }) => Promise<void> | void)
    | undefined
}

function withHooks<TName extends HookedName>(
  procedure: Procedure<TName>,
  { before, after }: Hooks<TName>,
  { onHookError }: BindOptions,
): Procedure<TName> {
  if (!before && !after) return procedure
  return async function hooked(options) {
    await before?.(options)
    const output = await procedure(options)
    try {
      await after?.({ ...options, output })
    } catch (error) {
      onHookError(error, options.ctx)
    }
    return output
  }
}

import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { exactFirst } from './exact-first.ts'
import { type ChainChanges, type ChainState, MiddlewareOptions } from './middleware-options.ts'
import { type Parse, parserOf } from './parser.ts'
import type { ProcedureDefinition } from './procedure-definition.ts'
import { type Serialise, serialiserOnUse } from './serialiser.ts'
import { type Shortcut, shortcutOf } from './shortcut.ts'

/** One call of a procedure. */
export interface ProcedureCall {
  readonly ctx: unknown
  /** The input before it is checked: at once, or a promise where it must be waited for. */
  readonly rawInput: () => unknown
  /** Asked for only when a middleware or the procedure asks. */
  readonly signal: () => AbortSignal
  /** Position of the call in a batch of the tRPC protocol. */
  readonly batchIndex: number
}

/** A procedure that is ready to be called. */
export interface PreparedProcedure {
  /**
   * Resolves with the output as JSON, or undefined when there is none.
   * @throws TRPCError as the procedure itself would
   */
  readonly call: (call: ProcedureCall) => Promise<string | undefined>
  /** Lets the procedure's `.errors()` shape what its call has thrown; without it, only tRPC itself can do that. */
  readonly shapeError?: (error: TRPCError, call: ProcedureCall) => Promise<void>
}

type Result = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: TRPCError }

type Middleware = (options: MiddlewareOptions<Result>) => Promise<Result | undefined>

type Resolve = (options: MiddlewareOptions<Result>) => unknown

type Step =
  | { readonly kind: 'input'; readonly parse: Parse }
  | { readonly kind: 'output'; readonly parse: Parse; readonly serialise: Serialise }
  | { readonly kind: 'middleware'; readonly run: Middleware; readonly shortcut: Shortcut | undefined }
  | { readonly kind: 'resolver'; readonly run: Middleware; readonly resolve: Resolve }

/**
 * Runs a procedure's own middlewares, inputs and output in their order, without the copies and promises that tRPC
 * makes at each of them. A procedure of a shape that is not known here is called as it is.
 */
export function prepareProcedure(definition: ProcedureDefinition): PreparedProcedure {
  const { procedure, name: path, type, meta } = definition
  const identity = { path, type, meta }
  const chain = chainOf(definition)
  if (!chain) {
    return {
      call: async ({ ctx, rawInput, signal, batchIndex }) => {
        const getRawInput = async () => rawInput()
        return JSON.stringify(
          await procedure({ ctx, getRawInput, path, type, input: undefined, batchIndex, signal: signal() }),
        )
      },
    }
  }
  const { steps, shapers } = chain
  // An output that is checked after everything else can be checked while it is written.
  const [first] = steps
  const outermost = first?.kind === 'output' ? first : undefined

  async function run(from: number, state: ChainState): Promise<Result> {
    let at = from
    let current = state
    let parseOutput: Parse | undefined
    try {
      for (let step = steps[at]; step; step = steps[++at]) {
        if (step.kind === 'input') {
          const parsed = await parsedInput(step.parse, await state.rawInput())
          current = { ...state, input: merged(current.input, parsed) }
        } else if (step.kind === 'output') parseOutput = step.parse
        else {
          const result = await step.run(optionsFor(at + 1, current))
          if (!result) throw noResult()
          return result.ok && parseOutput ? { ...result, data: await parsedOutput(parseOutput, result.data) } : result
        }
      }
      throw noResult()
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) }
    }
  }

  function optionsFor(following: number, state: ChainState): MiddlewareOptions<Result> {
    return new MiddlewareOptions(identity, state, (changes) =>
      run(following, changes ? changed(state, changes) : state),
    )
  }

  /** Takes shortcuts as far as there are some. */
  async function callPrepared(call: ProcedureCall): Promise<string | undefined> {
    const { rawInput, signal, batchIndex } = call
    const state = { ctx: call.ctx, input: undefined as unknown, rawInput, signal, batchIndex }
    let at = outermost ? 1 : 0
    let entered = at
    let data: unknown
    let text: string | undefined
    try {
      for (let step = steps[at]; step; step = steps[++at]) {
        if (step.kind === 'input') {
          const raw = state.rawInput()
          const parsed = parsedInput(step.parse, raw instanceof Promise ? await raw : raw)
          state.input = merged(state.input, parsed instanceof Promise ? await parsed : parsed)
        } else if (step.kind === 'middleware' && step.shortcut) {
          entered = at + 1
          const entering = step.shortcut.enter(state)
          const changes = entering instanceof Promise ? await entering : entering
          if (!changes) {
            entered = at
            break
          }
          if (changes.ctx) state.ctx = changes.ctx
          if (changes.rawInput) state.rawInput = changes.rawInput
        } else break
      }
      const step = steps[at]
      const inner = step?.kind === 'output' ? step : undefined
      const last = inner ? steps[at + 1] : step
      if (last?.kind === 'resolver') {
        data = await last.resolve(new MiddlewareOptions(identity, state, noFurther))
        text = outermost?.serialise(data)
        if (inner && text === undefined) data = await parsedOutput(inner.parse, data)
      } else {
        const result = await run(at, state)
        if (!result.ok) throw result.error
        data = result.data
        text = outermost?.serialise(data)
      }
    } catch (thrown) {
      throw refused(getTRPCErrorFromUnknown(thrown), entered)
    }
    return text ?? JSON.stringify(outermost ? await parsedOutput(outermost.parse, data) : data)
  }

  /** What the shortcuts before a step make of an error, innermost first. */
  function refused(error: Error, before: number): Error {
    let refusal = error
    for (let at = before - 1; at >= 0; at--) {
      const step = steps[at]
      if (step?.kind === 'middleware' && step.shortcut?.refuse) refusal = step.shortcut.refuse(refusal)
    }
    return refusal
  }

  async function shapeError(error: TRPCError, call: ProcedureCall): Promise<void> {
    const failed = async (): Promise<Result> => ({ ok: false, error })
    for (const shape of shapers ?? [])
      await shape(new MiddlewareOptions(identity, { ...call, input: undefined }, failed))
  }

  return shapers ? { call: callPrepared, shapeError } : { call: callPrepared }
}

interface Chain {
  readonly steps: readonly Step[]
  /** What `.errors()` adds, innermost first; undefined when one of them stands behind another step. */
  readonly shapers: readonly Middleware[] | undefined
}

/** The steps in order; undefined when tRPC has built the procedure in a way not known here. */
function chainOf({ procedure, inputs, output }: ProcedureDefinition): Chain | undefined {
  const middlewares: unknown = Reflect.get(procedure._def, 'middlewares')
  if (!Array.isArray(middlewares) || Reflect.get(procedure._def, 'caller')) return undefined
  const resolve: unknown = Reflect.get(procedure._def, 'resolver')
  const remaining = [...inputs]
  const steps: Step[] = []
  let shapers: Middleware[] | undefined = []
  for (const [at, middleware] of middlewares.entries()) {
    if (typeof middleware !== 'function') return undefined
    const role: unknown = Reflect.get(middleware, '_type')
    if (role === 'errors') {
      if (steps.length > 0) shapers = undefined
      shapers?.unshift(middleware as Middleware)
      continue
    }
    const schema = role === 'input' ? remaining.shift() : role === 'output' ? output : undefined
    const parse = schema && parserOf(schema)
    const isLast = at === middlewares.length - 1
    if (role === undefined && isLast && typeof resolve === 'function')
      steps.push({ kind: 'resolver', run: middleware as Middleware, resolve: resolve as Resolve })
    else if (role === undefined)
      steps.push({ kind: 'middleware', run: middleware as Middleware, shortcut: shortcutOf(middleware) })
    else if (role === 'input' && schema && parse) steps.push({ kind: 'input', parse: exactFirst(schema, parse) })
    else if (role === 'output' && parse) steps.push({ kind: 'output', parse, serialise: serialiserOnUse(schema) })
    else return undefined
  }
  return remaining.length === 0 ? { steps, shapers } : undefined
}

function changed(state: ChainState, changes: ChainChanges): ChainState {
  const { ctx, input, rawInput, signal, batchIndex } = state
  return {
    ctx: changes.ctx ? { ...(ctx as object), ...changes.ctx } : ctx,
    input: 'input' in changes ? changes.input : input,
    rawInput: changes.getRawInput ?? rawInput,
    signal,
    batchIndex,
  }
}

/** A resolver is the last of its chain. */
async function noFurther(): Promise<Result> {
  return { ok: false, error: noResult() }
}

function merged(before: unknown, parsed: unknown): unknown {
  return isObject(before) && isObject(parsed) ? { ...before, ...parsed } : parsed
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsedInput(parse: Parse, value: unknown): unknown {
  try {
    const parsed = parse(value)
    return parsed instanceof Promise ? parsed.catch(refuseInput) : parsed
  } catch (cause) {
    return refuseInput(cause)
  }
}

function refuseInput(cause: unknown): never {
  throw new TRPCError({ code: 'BAD_REQUEST', cause })
}

async function parsedOutput(parse: Parse, value: unknown): Promise<unknown> {
  try {
    return await parse(value)
  } catch (cause) {
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'Output validation failed', cause })
  }
}

function noResult(): TRPCError {
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'No result from middlewares' })
}

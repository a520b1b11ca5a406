import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { type ChainState, MiddlewareOptions } from './middleware-options.ts'
import { type Parse, parserOf } from './parser.ts'
import type { ProcedureDefinition } from './procedure-definition.ts'
import { type Serialise, serialiserFor } from './serialiser.ts'

/** One call of a procedure. */
export interface ProcedureCall {
  readonly ctx: unknown
  readonly getRawInput: () => Promise<unknown>
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

type Step =
  | { readonly kind: 'input'; readonly parse: Parse }
  | { readonly kind: 'output'; readonly parse: Parse; readonly serialise: Serialise | undefined }
  | { readonly kind: 'middleware'; readonly run: Middleware }

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
      call: async ({ ctx, getRawInput, signal, batchIndex }) =>
        JSON.stringify(
          await procedure({ ctx, getRawInput, path, type, input: undefined, batchIndex, signal: signal() }),
        ),
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
          const parsed = await parsedInput(step.parse, await state.getRawInput())
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

  async function callPrepared({ ctx, getRawInput, signal, batchIndex }: ProcedureCall): Promise<string | undefined> {
    const result = await run(outermost ? 1 : 0, { ctx, getRawInput, signal, batchIndex, input: undefined })
    if (!result.ok) throw result.error
    if (!outermost) return JSON.stringify(result.data)
    return outermost.serialise?.(result.data) ?? JSON.stringify(await parsedOutput(outermost.parse, result.data))
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
  const remaining = [...inputs]
  const steps: Step[] = []
  let shapers: Middleware[] | undefined = []
  for (const middleware of middlewares) {
    if (typeof middleware !== 'function') return undefined
    const role: unknown = Reflect.get(middleware, '_type')
    if (role === 'errors') {
      if (steps.length > 0) shapers = undefined
      shapers?.unshift(middleware as Middleware)
      continue
    }
    const schema = role === 'input' ? remaining.shift() : role === 'output' ? output : undefined
    const parse = schema && parserOf(schema)
    if (role === undefined) steps.push({ kind: 'middleware', run: middleware })
    else if (role === 'input' && parse) steps.push({ kind: 'input', parse })
    else if (role === 'output' && parse) steps.push({ kind: 'output', parse, serialise: serialiserFor(schema) })
    else return undefined
  }
  return remaining.length === 0 ? { steps, shapers } : undefined
}

function changed(state: ChainState, changes: Partial<ChainState>): ChainState {
  const { ctx, input, getRawInput, signal, batchIndex } = state
  return {
    ctx: changes.ctx ? { ...(ctx as object), ...changes.ctx } : ctx,
    input: 'input' in changes ? changes.input : input,
    getRawInput: changes.getRawInput ?? getRawInput,
    signal,
    batchIndex,
  }
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

import {
  type AnyTRPCRouter,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type inferRouterContext,
  type TRPCError,
  transformTRPCResponse,
} from '@trpc/server'
import { getHTTPStatusCode } from '@trpc/server/http'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { sendRpcJson } from '../http/direct-answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { RequestFailure } from '../rest/index.ts'
import { type ProcedureCall, prepareProcedure } from '../rest/prepared-procedure.ts'
import { proceduresOf } from '../rest/procedure-definition.ts'
import type { RpcCalls } from './rpc-calls.ts'

/** What a request's calls are run with. */
export interface PreparedRpcOptions<TRouter extends AnyTRPCRouter> {
  readonly createContext: (exchange: Exchange) => inferRouterContext<TRouter>
  readonly maxBatchSize: number
  readonly onError: (failure: RequestFailure) => void
}

/** Answers calls over the tRPC protocol by the chains that REST runs. */
export interface PreparedRpc {
  /** Undefined when tRPC itself has to answer; then nothing has been run. */
  answer(exchange: Exchange, calls: RpcCalls): Promise<void> | undefined
}

interface Outcome {
  readonly json: string
  readonly error?: TRPCError
  /** The shape that the caller gets. */
  readonly shape?: ReturnType<typeof getTRPCErrorShape>
}

const TYPES: Readonly<Record<string, string>> = { GET: 'query', POST: 'mutation' }

/** Prepares the procedures of a router, once; what cannot be prepared is left to tRPC. */
export function preparedRpc<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  { createContext, maxBatchSize, onError }: PreparedRpcOptions<TRouter>,
): PreparedRpc {
  const config = router._def._config
  const procedures = new Map<string, Runnable>()
  for (const definition of proceduresOf(router)) {
    const { call, shapeError } = prepareProcedure(definition)
    if (shapeError && definition.output) procedures.set(definition.name, { type: definition.type, call, shapeError })
  }

  function runnable(exchange: Exchange, { names }: RpcCalls): readonly Runnable[] | undefined {
    const type = TYPES[exchange.arrival.req.method ?? '']
    const found: Runnable[] = []
    for (const name of names) {
      const procedure = procedures.get(name)
      if (procedure?.type !== type || !procedure) return undefined
      found.push(procedure)
    }
    return found
  }

  async function run(procedure: Runnable, call: ProcedureCall, path: string): Promise<Outcome> {
    try {
      const json = await procedure.call(call)
      return { json: json === undefined ? '{"result":{}}' : `{"result":{"data":${json}}}` }
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown)
      await procedure.shapeError(error, call)
      const type = procedure.type
      const shape = getTRPCErrorShape({ config, error, path, type, ctx: call.ctx, input: undefined })
      return { json: JSON.stringify(transformTRPCResponse(config, { error: shape })), error, shape }
    }
  }

  async function answerAll(exchange: Exchange, found: readonly Runnable[], calls: RpcCalls): Promise<void> {
    const ctx = createContext(exchange)
    const signal = () => exchange.signal
    const outcomes = await Promise.all(
      found.map((procedure, batchIndex) => {
        const rawInput = () => calls.inputs[batchIndex]
        return run(procedure, { ctx, rawInput, signal, batchIndex }, calls.names[batchIndex] ?? '')
      }),
    )
    outcomes.forEach(({ error }, index) => {
      if (error) report(error, { exchange, operation: calls.names[index] })
    })
    const [first] = outcomes
    if (!calls.isBatch) setHeaders(exchange, first?.error)
    const text = calls.isBatch ? `[${outcomes.map(({ json }) => json).join(',')}]` : first?.json
    sendRpcJson(exchange.arrival, statusOf(outcomes), text)
  }

  function report(thrown: TRPCError, { exchange, operation }: Reported): void {
    const error = normaliseError(thrown)
    if (error.status >= 500) onError({ error, requestId: exchange.requestId, operation })
  }

  return {
    answer(exchange, calls) {
      if (calls.names.length > maxBatchSize) return undefined
      const found = runnable(exchange, calls)
      return found && answerAll(exchange, found, calls)
    },
  }
}

interface Runnable {
  readonly type: 'query' | 'mutation' | 'subscription'
  readonly call: (call: ProcedureCall) => Promise<string | undefined>
  readonly shapeError: (error: TRPCError, call: ProcedureCall) => Promise<void>
}

interface Reported {
  readonly exchange: Exchange
  readonly operation: string | undefined
}

function statusOf(outcomes: readonly Outcome[]): number {
  if (outcomes.every(({ error }) => !error)) return 200
  const responses = outcomes.map(({ shape }) => (shape ? { error: shape } : { result: { data: undefined } }))
  return getHTTPStatusCode(
    responses,
    outcomes.map(({ error }) => error),
  )
}

/** A batch has no headers of its own: its calls could want different ones. */
function setHeaders({ arrival: { res }, reply }: Exchange, error: TRPCError | undefined): void {
  for (const [name, value] of reply.headers) res.setHeader(name, value)
  if (!(error instanceof StandardApiError)) return
  for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value)
}

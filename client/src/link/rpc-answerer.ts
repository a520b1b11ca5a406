import { operations, type StandardRouter } from '@mt-paas/server/contract'
import { httpLink, TRPCClientError } from '@trpc/client'
import type { Observable } from '@trpc/server/observable'
import type { CallIdentity } from '../error/call-identity.ts'
import { readErrorBody, readErrorData } from '../error/read-error-body.ts'
import { ServiceError } from '../error/service-error.ts'
import type { ServiceAddress } from '../http/base-url.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import type { HttpExchange } from '../http/http-exchange.ts'
import { HttpFailure } from '../http/http-failure.ts'
import { parseJson } from '../http/parse-json.ts'
import type { Answerer } from './answerer.ts'
import { callHeaders, callIdentity } from './call-context.ts'
import { type AnswerCheck, answerCheck, type ContractOptions } from './contract-check.ts'
import { isEnvelope } from './rpc-envelope.ts'

/** What calls over the tRPC protocol are made with. */
export interface RpcAnswererOptions extends ContractOptions {
  readonly address: ServiceAddress
  readonly exchange: HttpExchange
  readonly headers: Readonly<Record<string, string>>
  readonly now: () => Date
}

/** Answers operations over the tRPC protocol, at `/trpc` below the prefix: tRPC's own link, on our exchange. */
export function rpcAnswerer(options: RpcAnswererOptions): Answerer {
  const { address, exchange, headers, now } = options
  const checks = new Map<string, AnswerCheck>()
  for (const [name, { output }] of Object.entries(operations)) checks.set(name, answerCheck(output, options))

  async function rpcFetch(url: string, init: RpcInit): Promise<RpcResponse> {
    const answer = await exchange({
      method: init.method === 'POST' ? 'POST' : 'GET',
      origin: address.origin,
      path: url.slice(address.origin.length),
      headers: init.headers,
      body: init.body,
      signal: init.signal,
    })
    return { ok: answer.status < 300, answer, json: async () => envelope(answer) }
  }

  const link = httpLink<StandardRouter>({
    url: `${address.origin}${address.path}/trpc`,
    fetch: (url, init) => rpcFetch(String(url), init as RpcInit),
    headers: ({ op }) => ({ accept: 'application/json', ...headers, ...callHeaders(op) }),
  })({})

  return async function answerOverRpc(op) {
    const call = callIdentity(op)
    try {
      const { result } = await firstOf(link({ op, next: noLinkAfter }))
      const data = 'data' in result ? result.data : undefined
      return checks.get(op.path)?.(call, data) ?? data
    } catch (thrown) {
      throw serviceError(call, thrown, now())
    }
  }
}

/** Like tRPC's own, without the exception it makes of every completion, which costs more than the call. */
function firstOf<T>(results: Observable<T, unknown>): Promise<T> {
  return new Promise((resolve, reject) => results.subscribe({ next: resolve, error: reject }))
}

interface RpcInit {
  readonly method?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

interface RpcResponse {
  readonly ok: boolean
  readonly answer: HttpAnswer
  json(): Promise<unknown>
}

/** An answer that is not the tRPC protocol's, such as the 404 of a server without that endpoint. */
class ForeignAnswer extends Error {
  readonly answer: HttpAnswer
  readonly body: unknown

  constructor(answer: HttpAnswer, body: unknown, cause?: unknown) {
    super('The answer is not of the tRPC protocol', { cause })
    this.answer = answer
    this.body = body
  }
}

function envelope(answer: HttpAnswer): unknown {
  let body: unknown
  try {
    body = parseJson(answer.text)
  } catch (cause) {
    throw new ForeignAnswer(answer, undefined, cause)
  }
  if (!isEnvelope(body)) throw new ForeignAnswer(answer, body)
  return body
}

function serviceError(call: CallIdentity, thrown: unknown, now: Date): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  const cause = thrown instanceof TRPCClientError ? thrown.cause : thrown
  if (cause instanceof HttpFailure) return ServiceError.fromHttpFailure(call, cause)
  if (cause instanceof ForeignAnswer) return foreign(call, cause, now)
  const answer = thrown instanceof TRPCClientError ? answerOf(thrown) : undefined
  if (answer && thrown instanceof TRPCClientError && thrown.shape) {
    return ServiceError.answered(call, readErrorData(answer, thrown.message, { data: { ...thrown.data }, now }))
  }
  if (answer) return ServiceError.invalidResponse(call, 'is not of the tRPC protocol', { status: answer.status, cause })
  return ServiceError.invalidRequest(call, 'The input cannot be sent', cause)
}

function foreign(call: CallIdentity, { answer, body, cause }: ForeignAnswer, now: Date): ServiceError {
  if (answer.status >= 300) return ServiceError.answered(call, readErrorBody(answer, body, now))
  return ServiceError.invalidResponse(call, 'is not of the tRPC protocol', { status: answer.status, cause })
}

function answerOf({ meta }: TRPCClientError<StandardRouter>): HttpAnswer | undefined {
  const response: unknown = meta?.response
  return typeof response === 'object' && response !== null && 'answer' in response
    ? (response.answer as HttpAnswer)
    : undefined
}

function noLinkAfter(): never {
  throw new Error('The link for the tRPC protocol is the last one')
}

import { operations } from '@mt-paas/server/contract'
import { readErrorBody, readErrorData } from '../error/read-error-body.ts'
import { ServiceError } from '../error/service-error.ts'
import type { ServiceAddress } from '../http/base-url.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import type { HttpExchange } from '../http/http-exchange.ts'
import { HttpFailure } from '../http/http-failure.ts'
import { parseJson } from '../http/parse-json.ts'
import type { Answerer, OutgoingCall } from './answerer.ts'
import { callHeaders, callIdentity } from './call-context.ts'
import { type AnswerCheck, answerCheck, type ContractOptions } from './contract-check.ts'
import { type Envelope, envelopeOf } from './rpc-envelope.ts'

/** What calls over the tRPC protocol are made with. */
export interface RpcAnswererOptions extends ContractOptions {
  readonly address: ServiceAddress
  readonly exchange: HttpExchange
  readonly headers: Readonly<Record<string, string>>
  readonly now: () => Date
}

/**
 * Answers operations over the tRPC protocol, at `/trpc` below the prefix, one request per call. tRPC's own link sends
 * and reads the same, but its observables and copies cost as much as all the rest of a call.
 */
export function rpcAnswerer(options: RpcAnswererOptions): Answerer {
  const { address, exchange, headers, now } = options
  const { origin } = address
  const endpoint = `${address.path}/trpc`
  const fixed = { accept: 'application/json', ...headers }
  const fixedWithBody = { 'content-type': 'application/json', ...fixed }
  const checks = new Map<string, AnswerCheck>()
  for (const [name, { output }] of Object.entries(operations)) checks.set(name, answerCheck(output, options))

  async function exchanged(op: OutgoingCall): Promise<HttpAnswer> {
    const { path, signal } = op
    const input = inputText(op)
    const own = callHeaders(op)
    try {
      if (op.type === 'mutation') {
        const request = { origin, path: `${endpoint}/${path}`, headers: { ...fixedWithBody, ...own }, signal }
        return await exchange({ ...request, method: 'POST', body: input })
      }
      const query = input === undefined ? '' : `?input=${encodeURIComponent(input)}`
      return await exchange({
        method: 'GET',
        origin,
        path: `${endpoint}/${path}${query}`,
        headers: { ...fixed, ...own },
        signal,
      })
    } catch (failure) {
      throw failure instanceof HttpFailure ? ServiceError.fromHttpFailure(callIdentity(op), failure) : failure
    }
  }

  return async function answerOverRpc(op) {
    const answer = await exchanged(op)
    const envelope = readEnvelope(op, answer, now)
    if (envelope.error) {
      const { data, message } = envelope.error
      throw ServiceError.answered(callIdentity(op), readErrorData(answer, message, { data, now: now() }))
    }
    const check = checks.get(op.path)
    return check ? check(callIdentity(op), envelope.data) : envelope.data
  }
}

function inputText(op: OutgoingCall): string | undefined {
  try {
    return JSON.stringify(op.input)
  } catch (cause) {
    throw ServiceError.invalidRequest(callIdentity(op), 'The input cannot be sent', cause)
  }
}

/** An answer may also be of another kind, such as the 404 of a server without that endpoint. */
function readEnvelope(op: OutgoingCall, answer: HttpAnswer, now: () => Date): Envelope {
  let body: unknown
  let cause: unknown
  try {
    body = parseJson(answer.text)
  } catch (thrown) {
    cause = thrown
  }
  const envelope = envelopeOf(body)
  if (envelope) return envelope
  const call = callIdentity(op)
  if (answer.status >= 300) throw ServiceError.answered(call, readErrorBody(answer, body, now()))
  throw ServiceError.invalidResponse(call, 'is not of the tRPC protocol', { status: answer.status, cause })
}

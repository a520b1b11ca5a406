import { readErrorBody } from '../error/read-error-body.ts'
import { ServiceError } from '../error/service-error.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import { HttpFailure } from '../http/http-failure.ts'
import { parseJson } from '../http/parse-json.ts'
import type { Answerer, OutgoingCall } from './answerer.ts'
import { callHeaders, callIdentity } from './call-context.ts'
import { type RestAnswererOptions, restAnswerer } from './rest-link.ts'
import { type RpcAnswererOptions, rpcAnswerer } from './rpc-answerer.ts'
import { envelopeOf } from './rpc-envelope.ts'

/** How a service is called; `auto` asks it once which of the others it speaks, and remembers. */
export type Protocol = 'trpc' | 'rest' | 'auto'

/** Answers operations over the protocol of a service. */
export function protocolAnswerer(protocol: Protocol, options: RpcAnswererOptions & RestAnswererOptions): Answerer {
  if (protocol === 'rest') return restAnswerer(options)
  if (protocol === 'trpc') return rpcAnswerer(options)
  return autoAnswerer(options)
}

function autoAnswerer(options: RpcAnswererOptions & RestAnswererOptions): Answerer {
  let known: Answerer | undefined
  const ask = sharedQuestion((op: OutgoingCall) => speaksRpc(op, options))
  return async function answerOverFoundProtocol(op) {
    known ??= (await ask(op)) ? rpcAnswerer(options) : restAnswerer(options)
    return known(op)
  }
}

/** Calls that come while a question is under way wait for its answer; it is dropped when none of them waits. */
function sharedQuestion(ask: (op: OutgoingCall) => Promise<boolean>): (op: OutgoingCall) => Promise<boolean> {
  let asked: { readonly answer: Promise<boolean>; readonly stop: AbortController; waiting: number } | undefined
  return async function wait(op) {
    const stop = asked?.stop ?? new AbortController()
    asked ??= { answer: ask({ ...op, signal: stop.signal }), stop, waiting: 0 }
    const mine = asked
    mine.waiting++
    const leave = () => {
      mine.waiting--
      if (mine.waiting === 0) mine.stop.abort(op.signal?.reason)
    }
    op.signal?.addEventListener('abort', leave)
    try {
      return await mine.answer
    } catch (error) {
      if (asked === mine) asked = undefined
      throw error
    } finally {
      op.signal?.removeEventListener('abort', leave)
    }
  }
}

/** Asks for the health check, which needs no key. What proves neither is thrown, and asked again next time. */
async function speaksRpc(op: OutgoingCall, options: RpcAnswererOptions): Promise<boolean> {
  const { address, exchange, headers, now } = options
  const { origin, path } = address
  const call = callIdentity(op)
  const asked = { method: 'GET', origin, path: `${path}/trpc/checkHealth?input=%7B%7D`, signal: op.signal } as const
  const requestHeaders = { accept: 'application/json', ...headers, ...callHeaders({ ...op, type: 'query' }) }
  const answer = await exchange({ ...asked, headers: requestHeaders }).catch((failure: unknown) => {
    throw failure instanceof HttpFailure ? ServiceError.fromHttpFailure(call, unsent(failure)) : failure
  })
  const body = bodyOf(answer)
  if (envelopeOf(body)) return true
  if (answer.status < 500) return false
  throw ServiceError.answered(call, readErrorBody(answer, body, now()))
}

/** Whatever became of the question, the call itself has not been sent. */
function unsent({ kind, message, cause }: HttpFailure): HttpFailure {
  return new HttpFailure(kind, message, { sent: false, cause })
}

function bodyOf({ text }: HttpAnswer): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

import { ErrorBody, type ErrorCode } from '@mt-paas/server/contract'
import { type Exchange, memberAt } from '../http/exchange.ts'
import { type Expectation, fits, hasStatus } from './expectation.ts'

/**
 * The answer is this error. The predecessors' bodies are accepted: text, an object or a list below `detail`. A code
 * is compared only where the body holds one.
 */
export function isError(exchange: Exchange, status: number, code?: ErrorCode): readonly Expectation[] {
  const received = errorCodeOf(exchange)
  const coded: Expectation = {
    kind: 'error',
    what: 'error',
    ok: received === undefined ? isForeignBody(exchange) : code === undefined || received === code,
    expected: code ?? 'a JSON body with error or detail',
    received: received ?? exchange.text.slice(0, 200),
    difference: [],
    exchange,
  }
  const answered = hasStatus(exchange, status)
  return answered.ok ? [answered, coded] : [answered]
}

/** The error's body is the contract's own, member for member. */
export function hasErrorBody(exchange: Exchange): readonly Expectation[] {
  const { json } = exchange
  const shape = { ...fits(exchange, ErrorBody), kind: 'error' as const }
  const [message, detail] = [memberAt(json, 'message'), memberAt(json, 'detail')]
  const repeats = { ...shape, what: 'detail', ok: detail === message, expected: message, received: detail }
  return shape.ok ? [shape, { ...repeats, difference: [] }] : [shape]
}

/** The code of an error body in either dialect. */
export function errorCodeOf({ json }: Exchange): unknown {
  return memberAt(json, 'error') ?? memberAt(json, 'detail', 'error')
}

/** A body of the predecessors that carries no code: text or a list of places. */
function isForeignBody({ json }: Exchange): boolean {
  const detail = memberAt(json, 'detail')
  return typeof detail === 'string' || Array.isArray(detail)
}

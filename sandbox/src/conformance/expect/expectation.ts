import { type Exchange, memberAt } from '../http/exchange.ts'
import { differences } from './differences.ts'

/** What an expectation looks at; decides which advice is given when it does not hold. */
export type ExpectationKind = 'answer' | 'status' | 'shape' | 'value' | 'header' | 'error'

/** One thing that should be so, and what was. */
export interface Expectation {
  readonly kind: ExpectationKind
  /** The part of the answer, in the words of the wire: `status`, `users[0].role`, `header allow`. */
  readonly what: string
  readonly ok: boolean
  readonly expected: unknown
  readonly received: unknown
  /** Where they differ, a line a place. */
  readonly difference: readonly string[]
  /** The exchange it is about. */
  readonly exchange: Exchange | undefined
}

/** A model of the contract, as far as it is used here. */
export interface WireModel {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: unknown }
    | {
        readonly success: false
        readonly error: { readonly issues: readonly { readonly path: PropertyKey[]; readonly message: string }[] }
      }
  meta(): { readonly id?: string | undefined } | undefined
}

/** The answer has this status. */
export function hasStatus(exchange: Exchange, status: number): Expectation {
  return hasStatusOf(exchange, [status])
}

/** The answer has one of these statuses. */
export function hasStatusOf(exchange: Exchange, statuses: readonly number[]): Expectation {
  const answered = exchange.failure === undefined
  return {
    kind: answered ? 'status' : 'answer',
    what: 'status',
    ok: statuses.includes(exchange.status),
    expected: statuses.length === 1 ? statuses[0] : statuses,
    received: answered ? exchange.status : exchange.failure,
    difference: [],
    exchange,
  }
}

/** The answer is no failure of the service: it came, and its status is below 500. */
export function isNoFailure(exchange: Exchange): Expectation {
  const ok = exchange.status > 0 && exchange.status < 500
  return { ...hasStatus(exchange, 0), ok, expected: '< 500' }
}

/**
 * The answer is JSON that has every member of the model, nulls included, in the right types, and none beside them
 * where the model is closed.
 */
export function fits(exchange: Exchange, schema: WireModel): Expectation {
  const parsed = schema.safeParse(exchange.json)
  const difference = parsed.success
    ? differences(parsed.data, exchange.json)
    : parsed.error.issues.map(({ path, message }) => `${path.length > 0 ? `.${path.join('.')}` : '.'}: ${message}`)
  return {
    kind: 'shape',
    what: 'body',
    ok: difference.length === 0,
    expected: schema.meta()?.id ?? 'the model of the contract',
    received: exchange.json ?? exchange.text.slice(0, 200),
    difference: difference.slice(0, 8),
    exchange,
  }
}

/** A member of the answer equals a value. */
export function hasMember(exchange: Exchange, path: string, expected: unknown): Expectation {
  return equals(path, { expected, received: memberAt(exchange.json, ...path.split('.').map(keyOf)), exchange })
}

function keyOf(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part
}

/** What {@link equals} compares. */
export interface Comparison {
  readonly expected: unknown
  readonly received: unknown
  readonly exchange?: Exchange | undefined
}

/** Two values are equal, member by member. */
export function equals(what: string, { expected, received, exchange }: Comparison): Expectation {
  const difference = differences(expected, received)
  return { kind: 'value', what, ok: difference.length === 0, expected, received, difference, exchange }
}

/** Something that is no plain equality; `ok` says whether it holds. */
export function holds(what: string, ok: boolean, { expected, received, exchange }: Comparison): Expectation {
  return { kind: 'value', what, ok, expected, received, difference: [], exchange }
}

/** A header of the answer fits a pattern. */
export function hasHeader(exchange: Exchange, name: string, pattern: RegExp): Expectation {
  const received = exchange.headers[name] ?? null
  const ok = received !== null && pattern.test(received)
  return { kind: 'header', what: `header ${name}`, ok, expected: String(pattern), received, difference: [], exchange }
}

import type { Method } from '@mt-paas/server/contract'
import type { RestRoute } from './rest-route.ts'

/** A request that an input was put into. */
export interface RestRequest {
  readonly method: Method
  /** Path and query, encoded. */
  readonly path: string
  /** JSON text, undefined for methods without a body. */
  readonly body: string | undefined
}

/** Puts an input into a request. It throws a TypeError saying why the input cannot be sent. */
export type RestRequestBuilder = (input: unknown) => RestRequest

type Members = Readonly<Record<string, unknown>>

/** Prepares a route, once. */
export function restRequestBuilder({ method, path, repeatedInBody = [] }: RestRoute): RestRequestBuilder {
  const segments = path.split('/').map((segment) => ({ segment, name: /^\{(.+)\}$/.exec(segment)?.[1] }))
  const inPath = new Set(segments.flatMap(({ name }) => (name === undefined ? [] : [name])))
  const pathOnly = new Set([...inPath].filter((name) => !repeatedInBody.includes(name)))
  const takesBody = method !== 'GET' && method !== 'DELETE'

  function pathOf(input: Members): string {
    return segments.map(({ segment, name }) => (name === undefined ? segment : encodeId(name, input[name]))).join('/')
  }

  return function buildRestRequest(given) {
    const input = members(given)
    const beside = Object.entries(input).filter(([name]) => !pathOnly.has(name))
    if (takesBody) return { method, path: pathOf(input), body: JSON.stringify(Object.fromEntries(beside)) }
    return { method, path: `${pathOf(input)}${queryOf(beside)}`, body: undefined }
  }
}

function members(input: unknown): Members {
  if (input === undefined || input === null) return {}
  if (typeof input !== 'object' || Array.isArray(input)) throw new TypeError('The input must be an object')
  return input as Members
}

/** Dot segments cannot be sent: whatever reads the URL takes them out, escaped or not. */
function encodeId(name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text === '') throw new TypeError(`${name} is missing`)
  if (text === '.' || text === '..') throw new TypeError(`${name} must not be a dot segment`)
  if (!text.isWellFormed()) throw new TypeError(`${name} is not well-formed text`)
  return encodeURIComponent(text)
}

function queryOf(members: readonly (readonly [string, unknown])[]): string {
  const pairs = members.flatMap(([name, value]) => {
    if (value === undefined) return []
    return (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}=${queryValue(name, one)}`)
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function queryValue(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new TypeError(`${name} cannot stand in a query`)
  }
  return encodeURIComponent(String(value).toWellFormed())
}

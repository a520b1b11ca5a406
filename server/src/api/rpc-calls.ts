import type { IncomingMessage } from 'node:http'
import { decodeQueryText } from '../rest/decode.ts'

/** The calls of one request of the tRPC protocol, their inputs still unchecked. */
export interface RpcCalls {
  readonly names: readonly string[]
  readonly inputs: readonly unknown[]
  readonly isBatch: boolean
}

/** What says which calls a request makes. */
export interface RpcRequest {
  readonly req: IncomingMessage
  /** What follows the endpoint in the path, undecoded. */
  readonly path: string
  readonly query: string
  /** Text of the body of a POST. */
  readonly body: unknown
}

/**
 * Reads plain requests: calls whose inputs are JSON and whose answers are wanted at once. Undefined for everything
 * else, streams, forms and whatever is malformed, which tRPC itself knows how to answer.
 */
export function readRpcCalls({ req, path, query, body }: RpcRequest): RpcCalls | undefined {
  if (!isPlain(req)) return undefined
  const asked = readRpcQuery(query)
  if (!asked) return undefined
  const { batch, input } = asked
  if (batch !== undefined && batch !== '1') return undefined
  const text = req.method === 'GET' ? input : body
  if ((text !== undefined && typeof text !== 'string') || (req.method === 'POST' && input !== undefined))
    return undefined
  const given = text ? parsed(text) : undefined
  if (text && given === undefined) return undefined
  if (batch === undefined) return { names: [path], inputs: [given], isBatch: false }
  const names = path.split(',')
  if (given === undefined) return { names, inputs: [], isBatch: true }
  return isObject(given) ? { names, inputs: names.map((_, index) => given[index]), isBatch: true } : undefined
}

interface RpcQuery {
  batch: string | undefined
  input: string | undefined
}

/** Undefined for a query with other names, or with one of these twice. */
function readRpcQuery(text: string): RpcQuery | undefined {
  const query: RpcQuery = { batch: undefined, input: undefined }
  for (let at = 0; at < text.length; ) {
    const ampersand = text.indexOf('&', at)
    const end = ampersand === -1 ? text.length : ampersand
    const name = text.startsWith('input=', at) ? 'input' : text.startsWith('batch=', at) ? 'batch' : undefined
    if (name === undefined || query[name] !== undefined) return undefined
    query[name] = decodeQueryText(text.slice(at + name.length + 1, end))
    at = end + 1
  }
  return query
}

function isPlain({ method, url, headers }: IncomingMessage): boolean {
  if (!url?.startsWith('/')) return false
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl')) return false
  const type = headers['content-type']
  if (method === 'GET') return type === undefined || type === 'application/json'
  return method === 'POST' && type === 'application/json'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<number, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

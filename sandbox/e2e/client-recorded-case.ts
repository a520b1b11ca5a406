import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { type OperationName, operations } from '@mt-paas/server/contract'

/** A request of the recording. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly body_text?: string
}

/** A recorded case, in the words of our own contract. */
export interface RecordedCase {
  readonly name: string
  readonly server: string
  readonly setup?: readonly RecordedRequest[]
  readonly request: RecordedRequest
  readonly expect: {
    readonly status: number
    readonly json?: unknown
    readonly volatile?: readonly string[]
    readonly error?: string
    readonly message?: string
    readonly locs?: readonly (readonly (string | number)[])[]
  }
}

/** A recorded request as a call of the typed client. */
export interface RecordedCall {
  readonly operation: OperationName
  readonly input: Readonly<Record<string, unknown>>
  readonly apiKey: string | undefined
}

const cases: readonly RecordedCase[] = JSON.parse(readFileSync(new URL('./golden/cases.json', import.meta.url), 'utf8'))

/** All cases of the standard API with a recorded answer that a typed client can express, with the call. */
export const recordedCalls = cases.flatMap((recorded) => {
  const { server, expect } = recorded
  const isWhole = expect.json !== undefined || expect.error !== undefined
  const call = server === 'normal' && isWhole ? callOf(recorded.request) : undefined
  return call ? [{ recorded, call }] : []
})

function callOf({ method, path, query, headers, body, body_text }: RecordedRequest): RecordedCall | undefined {
  const { 'X-Market-API-Key': apiKey, 'Content-Type': _type, ...otherHeaders } = headers
  if (Object.keys(otherHeaders).length > 0 || apiKey === '') return undefined
  const sent = body_text === undefined ? body : parsed(body_text)
  if (sent !== undefined && (typeof sent !== 'object' || sent === null || Array.isArray(sent))) return undefined
  if (method !== 'GET' && method !== 'DELETE' && sent === undefined) return undefined
  for (const [operation, route] of Object.entries(operations)) {
    const parameters = route.method === method ? pathParameters(route.path, path) : undefined
    if (!parameters) continue
    if (sent && Object.entries(parameters).some(([name, value]) => name in sent && sent[name as never] !== value)) {
      return undefined
    }
    const input = {
      ...Object.fromEntries(new URLSearchParams(query)),
      ...(method === 'DELETE' ? {} : sent),
      ...parameters,
    }
    return { operation: operation as OperationName, input, apiKey }
  }
  return undefined
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function pathParameters(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const found = new RegExp(`^/mt${pattern.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path)
  return found
    ? Object.fromEntries(names.map((name, at) => [name, new URL(`x:${found[at + 1]}`).pathname].map(decode)))
    : undefined
}

function decode(text: string | undefined): string {
  return new URLSearchParams(`x=${(text ?? '').replaceAll('+', '%2B')}`).get('x') ?? ''
}

/**
 * Answers one recorded request exactly as the predecessors did: their JSON, and their three shapes of errors.
 * Anything else is answered with 599, so that a request that differs from the recording is seen.
 */
export async function replay({ request, expect }: RecordedCase) {
  const server = createServer(async (req, res) => {
    const same = await isRecorded(req, request)
    const answer = same ? predecessorAnswer(expect) : { status: 599, type: 'text/plain', body: `Not ${request.path}` }
    res.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function isRecorded(req: IncomingMessage, request: RecordedRequest): Promise<boolean> {
  const sent = await text(req)
  const [path, query] = (req.url ?? '').split('?')
  const recordedBody = request.body_text === undefined ? request.body : parsed(request.body_text)
  return (
    req.method === request.method &&
    decode(path) === decode(request.path) &&
    isDeepStrictEqual([...new URLSearchParams(query)], [...new URLSearchParams(request.query)]) &&
    req.headers['x-market-api-key'] === request.headers['X-Market-API-Key'] &&
    (req.method === 'GET' || req.method === 'DELETE' || isDeepStrictEqual(parsed(sent), recordedBody))
  )
}

function predecessorAnswer({ status, json, error, message, locs }: RecordedCase['expect']) {
  if (json !== undefined) return answer(status, json)
  if (locs)
    return answer(status, { detail: locs.map((loc) => ({ type: 'x', loc, msg: 'Field required', input: 'secret' })) })
  if (error === 'UNAUTHORIZED') return answer(status, { detail: 'Invalid API key' })
  if (error === 'NOT_FOUND') return answer(status, { detail: 'Not Found' })
  if (status === 500 && message === undefined) return { status, type: 'text/plain', body: 'Internal Server Error' }
  return answer(status, { detail: { success: false, error, message } })
}

function answer(status: number, body: unknown) {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

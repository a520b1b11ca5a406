import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { GuardedFetchError } from './guarded-fetch-error.ts'
import { type ResolveHost, resolveTarget, systemResolve, type Target } from './resolve-target.ts'

/** A request to a URL that came from outside. */
export interface GuardedFetchOptions {
  /** @default 'GET' */
  readonly method?: string
  /** @default none */
  readonly headers?: OutgoingHttpHeaders
  /** @default none */
  readonly body?: string | Uint8Array
  /** Deadline for the whole exchange, ms. @default 10_000 */
  readonly timeout?: number
  /** Largest answer, bytes. @default 65_536 */
  readonly maxAnswerSize?: number
  /** Lets URLs of this machine pass, for development. @default false */
  readonly allowLoopback?: boolean
  /** Lets URLs of private networks pass (RFC 1918, RFC 4193); addresses of links stay refused. @default false */
  readonly allowPrivate?: boolean
  /** Finds the addresses of a host. @default the system's resolver */
  readonly resolve?: ResolveHost
  /** Ends the request early. @default none */
  readonly signal?: AbortSignal
}

/** An answer as it came; redirects are answers too and are not followed. */
export interface GuardedAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/**
 * Sends one request to a URL that came from outside: the host is resolved once, every address checked, the
 * checked address connected to. Redirects are not followed.
 * @throws GuardedFetchError with its `reason`
 */
export async function guardedFetch(url: string, options: GuardedFetchOptions = {}): Promise<GuardedAnswer> {
  const { timeout = 10_000, resolve = systemResolve, allowLoopback = false, allowPrivate = false, signal } = options
  const deadline = new AbortController()
  const abort = () => deadline.abort(GuardedFetchError.unreachable(signal?.reason))
  const timer = setTimeout(() => deadline.abort(GuardedFetchError.timeout(timeout)), timeout)
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  try {
    const target = await untilAborted(resolveTarget(url, { resolve, allowLoopback, allowPrivate }), deadline.signal)
    return await exchange(target, options, deadline.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function exchange(target: Target, options: GuardedFetchOptions, signal: AbortSignal): Promise<GuardedAnswer> {
  const { method = 'GET', headers = {}, body, maxAnswerSize = 65_536 } = options
  const { url } = target
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    // No agent: a pooled socket could lead to an address that was checked for another request.
    const sent = send(url, { method, agent: false, lookup: lookupOf(target), headers: { ...headers, ...length } })
    const fail = (cause: unknown) => {
      reject(cause instanceof GuardedFetchError ? cause : GuardedFetchError.unreachable(cause))
      sent.destroy()
    }
    const abort = () => fail(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    sent.on('close', () => signal.removeEventListener('abort', abort))
    sent.on('error', fail)
    sent.on('response', (response) => {
      limited(response, maxAnswerSize).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        fail,
      )
    })
    sent.end(body)
  })
}

/** Name resolution that knows one answer only; an address in the URL itself was checked as it stands. */
function lookupOf({ address, family }: Target): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}

async function limited(response: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > limit) throw GuardedFetchError.tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw GuardedFetchError.tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

import { type IncomingMessage, request } from 'node:http'
import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { GuardedAnswer } from '@mt-paas/server'

/** How the bytes of a request travel, for services on this machine over http. */
export interface PacedPostOptions {
  /** Checked address to connect to. */
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Whether the connection is cut half-way through the body. */
  readonly cut: boolean
  /** Pause between pieces, ms of real time. */
  readonly pause: number
  /** Deadline for the whole exchange, ms. */
  readonly timeout: number
  /** Largest answer, bytes. */
  readonly maxAnswerSize: number
  readonly signal: AbortSignal
}

const PIECES = 8

/**
 * Posts a body in pieces; null when it was cut.
 * @throws Error of the connection, or the reason of the signal
 */
export async function pacedPost(url: URL, options: PacedPostOptions): Promise<GuardedAnswer | null> {
  const { address, headers, body, cut, pause, timeout, maxAnswerSize } = options
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeout)])
  const family = isIP(address) === 6 ? 6 : 4
  const sent = request(url, {
    method: 'POST',
    agent: false,
    lookup: (_host, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family)),
    headers: { ...headers, 'content-length': body.length },
    signal,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject)
  })
  // Whoever answers early, or hangs up, is heard at the end.
  let failure: unknown
  answered.catch((error: unknown) => {
    failure = error
  })
  sent.flushHeaders()
  const size = Math.max(1, Math.ceil(body.length / PIECES))
  for (let at = 0; at < body.length && !sent.destroyed; at += size) {
    if (cut && at >= body.length / 2) break
    sent.write(body.subarray(at, at + size))
    await delay(pause, undefined, { signal }).catch(() => undefined)
  }
  if (failure !== undefined) throw failure
  if (cut) {
    sent.destroy()
    return null
  }
  sent.end()
  const response = await answered
  return { status: response.statusCode ?? 0, headers: response.headers, body: await limited(response, maxAnswerSize) }
}

async function limited(response: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new Error(`The answer is larger than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

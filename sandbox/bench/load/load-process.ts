import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { median, percentile } from '../report/statistics.ts'
import { answerParent } from '../run/child-messages.ts'
import { LoadConnection } from './load-connection.ts'

/** What to send, for how long. */
export interface LoadOrder {
  readonly port: number
  /** Bytes of the request, base64. */
  readonly request: string
  readonly ms: number
  readonly connections: number
  /** Requests a second, sent by the clock. @default as fast as answers come */
  readonly rate?: number
}

/** What came back; latencies in ms. */
export interface LoadReport {
  readonly requests: number
  readonly failures: number
  readonly ms: number
  readonly p50: number
  readonly p99: number
}

/** Answers are told of at most this long after the last request was sent, in ms. */
const PATIENCE = 1_000

async function load({ port, request, ms, connections: count, rate }: LoadOrder): Promise<LoadReport> {
  const bytes = Buffer.from(request, 'base64')
  const latencies: number[] = []
  let failures = 0
  const connections = Array.from({ length: count }, () => new LoadConnection(port, take))
  const startedAt = performance.now()
  const endsAt = startedAt + ms

  function take(connection: LoadConnection, status: number): void {
    const now = performance.now()
    if (status === 200) latencies.push(now - connection.since)
    else failures++
    if (rate === undefined && status !== 0 && now < endsAt) connection.send(bytes, now)
  }

  if (rate === undefined) {
    for (const connection of connections) connection.send(bytes, startedAt)
    await pollUntil(() => performance.now() >= endsAt)
  } else await sendByClock(connections, bytes, { rate, startedAt, ms })
  const took = performance.now() - startedAt
  while (connections.some(({ isBusy }) => isBusy) && performance.now() < endsAt + PATIENCE) await delay(1)
  for (const connection of connections) connection.close()
  return { requests: latencies.length, failures, ms: took, p50: median(latencies), p99: percentile(latencies, 0.99) }
}

interface Clock {
  readonly rate: number
  readonly startedAt: number
  readonly ms: number
}

/** A request that waits for a free connection has begun to wait when the clock said so. */
function sendByClock(connections: readonly LoadConnection[], bytes: Buffer, clock: Clock): Promise<void> {
  const { rate, startedAt, ms } = clock
  const total = Math.floor((rate * ms) / 1000)
  let sent = 0
  return pollUntil(() => {
    const passed = performance.now() - startedAt
    const due = Math.min(total, Math.floor((passed * rate) / 1000))
    for (const connection of connections) {
      if (sent >= due) break
      if (!connection.isBusy) connection.send(bytes, startedAt + (sent++ * 1000) / rate)
    }
    return sent === total || passed > 2 * ms
  })
}

/**
 * Looks for answers, and asks whether to go on, without ever sleeping: to wake a sleeping process on another core costs
 * whoever answers several µs, and the slower a server is, the more often it finds the load asleep.
 */
function pollUntil(isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isDone()) resolve()
      else setImmediate(look)
    }
    look()
  })
}

answerParent({ load })

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

async function load({ port, request, ms, connections: count, rate }: LoadOrder): Promise<LoadReport> {
  const bytes = Buffer.from(request, 'base64')
  const connections = Array.from({ length: count }, () => new LoadConnection(port))
  const latencies: number[] = []
  let failures = 0
  const startedAt = performance.now()
  const endsAt = startedAt + ms

  /** `since` is when the request should have left: waiting for a free connection counts. */
  function send(connection: LoadConnection, since: number): void {
    connection.send(bytes, (status) => {
      const now = performance.now()
      if (status === 200) latencies.push(now - since)
      else failures++
      if (rate === undefined && status !== 0 && now < endsAt) send(connection, now)
    })
  }

  if (rate === undefined) for (const connection of connections) send(connection, startedAt)
  else await sendByClock({ connections, rate, ms, send })
  await pollUntil(endsAt)
  const took = performance.now() - startedAt
  while (connections.some(({ isBusy }) => isBusy) && performance.now() < endsAt + 1000) await delay(1)
  for (const connection of connections) connection.close()
  return { requests: latencies.length, failures, ms: took, p50: median(latencies), p99: percentile(latencies, 0.99) }
}

/**
 * Looks for answers without ever sleeping: to wake a sleeping process on another core costs whoever answers several µs,
 * and the slower a server is, the more often it finds the load asleep.
 */
async function pollUntil(endsAt: number): Promise<void> {
  while (performance.now() < endsAt) await new Promise((resolve) => setImmediate(resolve))
}

interface Clocked {
  readonly connections: readonly LoadConnection[]
  readonly rate: number
  readonly ms: number
  send(connection: LoadConnection, since: number): void
}

async function sendByClock({ connections, rate, ms, send }: Clocked): Promise<void> {
  const startedAt = performance.now()
  const total = Math.floor((rate * ms) / 1000)
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * rate) / 1000))
    for (const connection of connections) {
      if (sent >= due) break
      if (connection.isBusy) continue
      send(connection, startedAt + (sent * 1000) / rate)
      sent++
    }
    await new Promise((resolve) => setImmediate(resolve))
    if (performance.now() - startedAt > 2 * ms) return
  }
}

answerParent({ load })

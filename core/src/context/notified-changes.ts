import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { TENANT_CHANNEL } from '../central/notify-tenants.ts'
import { poolOptions } from '../database/pool-options.ts'
import type { TenantChangeListener, TenantChanges } from './tenant-changes.ts'

/** How {@link notifiedChanges} listens. Times in ms. */
export interface NotifiedChangesOptions extends TenantChangeListener {
  /** Connection string of the central database, not through a pooler that shares sessions. */
  readonly url: string
  /** How often the connection is tried, since a silent one looks like one where nothing happens. @default 2_000 */
  readonly heartbeat?: number
}

const PATIENCE = 1_000
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1_000

/** Hears PostgreSQL's own notifications, on a connection that is made again whenever it is lost. */
export function notifiedChanges(options: NotifiedChangesOptions): TenantChanges {
  const stopping = new AbortController()
  const started = Promise.withResolvers<void>()
  const ended = listenAgain(options, stopping.signal, started.resolve)
  return {
    started: started.promise,
    async close() {
      stopping.abort()
      await ended
    },
  }
}

async function listenAgain(options: NotifiedChangesOptions, signal: AbortSignal, tried: () => void): Promise<void> {
  let pause = FIRST_PAUSE
  while (!signal.aborted) {
    const heard = await listenOnce(options, signal, tried)
    tried()
    pause = heard ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
    await delay(pause, undefined, { signal }).catch(() => undefined)
  }
}

/** Listens until the connection is lost; whether there was one. */
async function listenOnce(options: NotifiedChangesOptions, signal: AbortSignal, tried: () => void): Promise<boolean> {
  const { url, heartbeat = 2_000, onChange, onHearing } = options
  const pool = poolOptions(url, undefined, { max: 1, queryTimeout: PATIENCE })
  const client = new Client({ ...pool, connectionTimeoutMillis: PATIENCE })
  const lost = Promise.withResolvers<void>()
  client.on('error', () => lost.resolve())
  client.on('end', () => lost.resolve())
  client.on('notification', ({ payload }) => onChange(payload || undefined))
  const stop = () => lost.resolve()
  signal.addEventListener('abort', stop, { once: true })
  let beat: NodeJS.Timeout | undefined
  try {
    await client.connect()
    await client.query(`listen ${TENANT_CHANNEL}`)
    onHearing(true)
    tried()
    beat = setInterval(heartbeatOf(client, stop), heartbeat)
    if (!signal.aborted) await lost.promise
    onHearing(false)
  } catch {
    // Whatever it was, the connection is given up and made again.
  }
  signal.removeEventListener('abort', stop)
  clearInterval(beat)
  await endSoon(client)
  return beat !== undefined
}

/** Asks for an answer, one at a time. */
function heartbeatOf(client: Client, failed: () => void): () => void {
  let asking = false
  return () => {
    if (asking) return
    asking = true
    client.query('select 1').then(() => {
      asking = false
    }, failed)
  }
}

/** A silent server never takes leave, so it is not waited for. */
async function endSoon(client: Client): Promise<void> {
  const timeout = new AbortController()
  const { signal } = timeout
  await Promise.race([client.end(), delay(PATIENCE, undefined, { signal })]).catch(() => undefined)
  timeout.abort()
}

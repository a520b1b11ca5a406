import { Redis } from 'ioredis'
import type { TenantChangeListener, TenantChanges } from './tenant-changes.ts'

/** How {@link redisChanges} listens and tells. */
export interface RedisChangesOptions extends TenantChangeListener {
  readonly url: string
  /** Id of the central database: several may use one Redis. */
  readonly centralId: string
  /** How often, in ms, someone who hears PostgreSQL says so; unheard of for three times, nobody does. @default 2_000 */
  readonly heartbeat?: number
}

/** Changes over Redis: for processes that reach PostgreSQL only through a pooler, where nothing can be listened to. */
export interface RedisChanges extends TenantChanges {
  /** Passes a change on to the processes that hear Redis; undefined is any tenant. */
  tell(id: string | undefined): void
  /** Says, again and again, that this process passes on what PostgreSQL tells, or ceases to. */
  relay(active: boolean): void
}

/** Neither can be the id of a tenant. */
const ANY_TENANT = '*'
const RELAY_ALIVE = '+'

/**
 * Hears and tells of changed tenants through Redis. Redis itself knows nothing of tenants, so they are heard of only
 * while some process that hears PostgreSQL says that it passes on what it hears.
 */
export function redisChanges(settings: RedisChangesOptions): RedisChanges {
  const { url, centralId, heartbeat = 2_000, onChange, onHearing } = settings
  const channel = `mt-paas:${centralId}:tenant`
  const options = {
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    retryStrategy: (tries: number) => Math.min(tries * 100, 1_000),
  }
  const subscriber = new Redis(url, { ...options, autoResubscribe: false })
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false })
  const started = Promise.withResolvers<void>()
  let beat: NodeJS.Timeout | undefined
  let silence: NodeJS.Timeout | undefined
  const publish = (message: string) => void publisher.publish(channel, message).catch(() => undefined)

  function alive() {
    if (!silence) onHearing(true)
    clearTimeout(silence)
    silence = setTimeout(unheard, heartbeat * 3)
  }

  function unheard() {
    if (silence) onHearing(false)
    clearTimeout(silence)
    silence = undefined
  }

  // An error is followed by a close, and that by another try.
  subscriber.on('error', () => started.resolve())
  publisher.on('error', () => undefined)
  subscriber.on('close', unheard)
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(
      () => started.resolve(),
      () => subscriber.disconnect(true),
    )
  })
  subscriber.on('message', (_channel: string, message: string) => {
    if (message === RELAY_ALIVE) alive()
    else onChange(message === ANY_TENANT ? undefined : message)
  })
  return {
    started: started.promise,
    tell: (id) => publish(id ?? ANY_TENANT),
    relay(active) {
      clearInterval(beat)
      beat = undefined
      if (!active) return
      // What was told while nobody passed it on is lost.
      publish(ANY_TENANT)
      publish(RELAY_ALIVE)
      beat = setInterval(() => publish(RELAY_ALIVE), heartbeat)
    },
    async close() {
      clearInterval(beat)
      subscriber.removeListener('close', unheard)
      clearTimeout(silence)
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}

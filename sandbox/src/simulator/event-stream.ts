import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Middleware } from 'koa'
import type { Engine } from '../engine/index.ts'
import { eventView } from './views.ts'

const BATCH = 200
/** Something is sent at least this often, so that nobody takes the connection for dead; ms. */
const HEARTBEAT = 15_000

/** Options of {@link eventStream}. */
export interface EventStreamOptions {
  /** Ends all streams. */
  readonly signal: AbortSignal
}

/**
 * Server-sent events at `GET /events`. Who comes back with `Last-Event-ID`, or asks for `?after=`, misses nothing; others
 * begin with what comes next.
 */
export function eventStream(engine: Engine, { signal }: EventStreamOptions): Middleware {
  return async function eventStreamMiddleware(koa, next) {
    if (koa.path !== '/events' || koa.method !== 'GET') return next()
    const asked = koa.get('Last-Event-ID') || (typeof koa.query.after === 'string' ? koa.query.after : '')
    const from = /^\d{1,15}$/.test(asked) ? Number(asked) : await engine.events.newest()
    koa.respond = false
    koa.res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    koa.res.write(': open\n\n')
    await follow(engine, koa.res, { from, signal })
  }
}

interface Following {
  readonly from: number
  readonly signal: AbortSignal
}

async function follow(engine: Engine, res: ServerResponse, { from, signal }: Following): Promise<void> {
  const closed = new AbortController()
  const close = () => closed.abort()
  res.once('close', close)
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  let wake: () => void = () => undefined
  let isDirty = true
  const unsubscribe = engine.events.subscribe(() => {
    isDirty = true
    wake()
  })
  closed.signal.addEventListener('abort', () => wake(), { once: true })
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT)
  let last = from
  try {
    while (!closed.signal.aborted) {
      if (!isDirty) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      isDirty = false
      const events = await engine.events.after(last, BATCH)
      for (const event of events) {
        last = event.id
        const line = `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(eventView(event))}\n\n`
        if (!res.write(line)) await once(res, 'drain', { signal: closed.signal }).catch(() => undefined)
      }
      if (events.length === BATCH) isDirty = true
    }
  } finally {
    clearInterval(heartbeat)
    unsubscribe()
    signal.removeEventListener('abort', close)
    res.end()
  }
}

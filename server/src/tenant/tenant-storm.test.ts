import { EventEmitter, once } from 'node:events'
import { Agent, request } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import Koa from 'koa'
import { expect, it, onTestFinished } from 'vitest'
import { currentTenant } from './current-tenant.ts'
import { tenantContext } from './tenant-context.ts'
import { listen } from './tenant-service.test.fixture.ts'

const requests = 10_000
const tenants = 50
const concurrency = 100

interface Tally {
  checks: number
  mixUps: number
  unfinished: number
  aborted: number
  answered: number
}

type Check = () => void

const crossings: readonly ((ctx: Koa.Context, check: Check) => Promise<void>)[] = [
  (ctx) => delay(ctx.state.turn % 4),
  () => new Promise(setImmediate),
  async () => {
    await Promise.all([Promise.resolve().then(() => delay(1)), new Promise(process.nextTick)])
  },
  async (_ctx, check) => {
    const emitter = new EventEmitter()
    const told = once(emitter, 'done')
    emitter.on('done', check)
    setTimeout(() => emitter.emit('done'), 1)
    await told
  },
  async (_ctx, check) => {
    const stage = new PassThrough().on('data', check)
    await pipeline(Readable.from(['a', 'b', 'c']), stage)
  },
  async (_ctx, check) => {
    for await (const _ of Readable.from([1, 2, 3])) check()
  },
]

it(`keeps ${tenants} tenants apart over ${requests} interleaved requests, some of them abandoned`, {
  timeout: 60_000,
}, async () => {
  const tally: Tally = { checks: 0, mixUps: 0, unfinished: 0, aborted: 0, answered: 0 }
  const { port } = await listen(stormApp(tally))
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  onTestFinished(() => agent.destroy())

  let outside = 0
  const watch = setInterval(() => {
    if (currentTenant() !== undefined) outside += 1
  }, 1)
  let turn = 0
  const worker = async () => {
    while (turn < requests) await visit({ port, agent, turn: turn++, tally })
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  while (tally.unfinished > 0) await delay(5)
  clearInterval(watch)

  expect(tally.mixUps).toBe(0)
  expect(outside).toBe(0)
  expect(currentTenant()).toBeUndefined()
  expect(tally.aborted).toBeGreaterThan(requests / 100)
  expect(tally.answered).toBe(requests - Math.ceil(requests / 20))
  expect(tally.checks).toBeGreaterThan(requests * 4)
})

/** Each handler knows its tenant from a header of its own, and asks the context at every step. */
function stormApp(tally: Tally): Koa {
  const app = new Koa()
  app.use(async (_ctx, next) => {
    tally.unfinished += 1
    if (currentTenant() !== undefined) tally.mixUps += 1
    try {
      await next()
    } finally {
      if (currentTenant() !== undefined) tally.mixUps += 1
      tally.unfinished -= 1
    }
  })
  app.use(
    tenantContext({
      lookup: async (id) => {
        await new Promise(setImmediate)
        return { id, plan: 'basic', features: {} }
      },
    }),
  )
  app.use(async (ctx) => {
    const expected = ctx.get('X-Expected')
    ctx.state.turn = Number(ctx.get('X-Turn'))
    const check = () => {
      tally.checks += 1
      if (currentTenant()?.id !== expected) tally.mixUps += 1
    }
    check()
    for (let step = 0; step < 3; step += 1) {
      await crossings[(ctx.state.turn + step * 2) % crossings.length]?.(ctx, check)
      check()
    }
    if (ctx.get('X-Abandon') !== '') {
      if (!ctx.res.destroyed) await once(ctx.res, 'close')
      tally.aborted += 1
      check()
      await delay(1)
      check()
      return
    }
    await text(ctx.req)
    check()
    ctx.body = ctx.state.turn % 2 === 0 ? Readable.from(streamed(check)) : (currentTenant()?.id ?? 'nobody')
  })
  return app
}

async function* streamed(check: Check) {
  check()
  await new Promise(setImmediate)
  check()
  yield currentTenant()?.id ?? 'nobody'
}

/** One request of one tenant; every twentieth is destroyed with its body half sent. */
function visit(options: { port: number; agent: Agent; turn: number; tally: Tally }): Promise<void> {
  const { port, agent, turn, tally } = options
  const id = `tenant-${(turn * 7) % tenants}`
  const abandon = turn % 20 === 0
  const named = turn % 3 === 0
  const headers = {
    'X-Expected': id,
    'X-Turn': String(turn),
    'Transfer-Encoding': 'chunked',
    ...(named ? { 'X-Tenant-ID': id } : {}),
    ...(abandon ? { 'X-Abandon': 'yes' } : {}),
  }
  const path = named ? '/work' : `/tenant/${id}/work`
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, path, headers, method: 'POST' }, async (answer) => {
      if ((await text(answer)) !== id) tally.mixUps += 1
      tally.answered += 1
      resolve()
    })
    sent.on('error', (error) => (abandon ? resolve() : reject(error)))
    // flushed first, so that the server knows of the request before it loses the caller
    if (abandon) sent.write('half', () => setTimeout(() => sent.destroy(new Error('abandoned')), 2 + (turn % 10)))
    else sent.write('half', () => setImmediate(() => sent.end('other half')))
  })
}

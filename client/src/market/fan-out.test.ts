import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type RawServer, serveJson, serveRaw, serveTcp } from '../raw-server.test.support.ts'
import { ServiceMarketClient } from './service-market-client.ts'

const health = (version: number) => ({ status: 'healthy', version: String(version), timestamp: '2026-01-31T09:00:00Z' })
const DEADLINE = 1_000

async function drip(_req: unknown, res: ServerResponse): Promise<void> {
  res.writeHead(200, { 'content-type': 'application/json' })
  while (!res.destroyed) {
    res.write(' ')
    await pause(50)
  }
}

const broken: readonly (() => Promise<RawServer>)[] = [
  () => serveRaw(() => {}),
  () => serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
  () => serveJson({ detail: 'Internal Server Error' }, 500),
  () => serveRaw(drip),
]
const endings = ['timeout', 'unreachable', 'rejected', 'timeout']

/** What is wrong with the service of this number, if anything. */
function breakageOf(index: number): number | undefined {
  return index % 5 < 2 ? (2 * Math.floor(index / 5) + (index % 5)) % broken.length : undefined
}

it('50 services, 20 of them broken in four ways: 50 typed results by the deadline, no socket left', async () => {
  await using servers = new AsyncDisposableStack()
  await using market = new ServiceMarketClient({ protocol: 'rest' })
  const all: RawServer[] = []
  for (let index = 0; index < 50; index++) {
    const breakage = breakageOf(index)
    const start = breakage === undefined ? () => serveJson(health(index)) : broken[breakage]
    const server = servers.use(await start?.())
    if (!server) throw new Error(`No breakage ${breakage}`)
    all.push(server)
    market.registerService(`s${index}`, { baseUrl: server.url })
  }

  const start = performance.now()
  const { results, partial } = await market.healthCheckAll({ deadline: DEADLINE })
  expect(performance.now() - start).toBeLessThan(DEADLINE + 250)

  expect(partial).toBe(true)
  expect(results.map(({ serviceId }) => serviceId)).toEqual(all.map((_server, index) => `s${index}`))
  expect(results.filter(({ status }) => status === 'ok')).toHaveLength(30)
  for (const [index, result] of results.entries()) {
    const breakage = breakageOf(index)
    if (breakage === undefined) expect(result).toMatchObject({ status: 'ok', value: health(index) })
    else expect(result).toMatchObject({ status: endings[breakage], error: { serviceId: `s${index}` } })
  }
  const open = (some: readonly RawServer[]) => some.reduce((sum, server) => sum + server.open, 0)
  const unanswered = all.filter((_server, index) => [0, 1, 3].includes(breakageOf(index) ?? -1))
  expect(unanswered).toHaveLength(15)
  await expect.poll(() => open(unanswered)).toBe(0)
  await market.close()
  await expect.poll(() => open(all)).toBe(0)
})

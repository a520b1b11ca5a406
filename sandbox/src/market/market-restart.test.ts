import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { consoleBrowser } from '../console/console-client.test.support.ts'
import { conformanceRunRecord, reviewRecord } from '../engine/entity/index.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import { type MarketBench, openMarketBench } from './market-bench.test.support.ts'

const DAY = 86_400_000

// Every step is on the disk before the next one, however busy that is.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let bench: MarketBench

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'market-'))
  bench = await openMarketBench({ file: join(folder, 'market.sqlite') })
})

afterEach(async () => {
  await bench?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** The same log, opened by the next process. */
async function restarted<TResult>(work: (next: Awaited<ReturnType<typeof startSimulator>>) => Promise<TResult>) {
  await bench.simulator.close()
  const next = await startSimulator({ port: 0, file: join(folder, 'market.sqlite') })
  try {
    return await work(next)
  } finally {
    await next.close()
  }
}

it('what was approved and not sent before the process ended is sent by the next one', async () => {
  const { id } = await bench.operator.market.submitApplication.mutate({ service: 'advisor' })
  await bench.simulator.engine.store.transaction((em) =>
    em.nativeUpdate(reviewRecord, { applicationId: id }, { state: 'approved' }),
  )
  await restarted(async ({ engine, market, url }) => {
    await market.idle()
    await engine.idle()
    await market.idle()
    expect(await market.applications.get(id)).toMatchObject({ state: 'provisioned', subscription_id: 1 })
    const { mails } = await market.outbox.list({ limit: 5 })
    expect(mails.map(({ content }) => content.en.text)).toEqual([expect.stringContaining(`Console: ${url}/`)])
  })
})

it('ends of subscriptions, sessions and runs outlive the process', async () => {
  const { subscriptionId } = await bench.subscribe({ email: 'a@one.ac.kr' })
  const admin = await bench.tenantAdmin('a@one.ac.kr')
  const [, session = ''] = admin.cookie().split('=')
  await bench.simulator.engine.store.transaction(async (em) => {
    const run = { serviceSlug: 'advisor', url: 'http://a', options: {}, done: 1, total: 2, startedAt: new Date() }
    em.create(conformanceRunRecord, { ...run, state: 'running' })
  })
  await restarted(async (next) => {
    const cookie = `mt_paas_console_${new URL(next.url).port}=${session}`
    const me = await fetch(`${next.url}/console/trpc/session.me`, { headers: { cookie } })
    expect(await me.json()).toMatchObject({ result: { data: { role: 'tenant_admin', email: 'a@one.ac.kr' } } })
    expect(await next.market.conformance.list({ limit: 5 })).toMatchObject([{ state: 'interrupted' }])
    await next.engine.advance(32 * DAY)
    expect(await next.market.subscriptions.get(subscriptionId)).toMatchObject({ status: 'expired', problem: null })
  })
})

it('a reset forgets everything but the catalogue', async () => {
  const { operator, simulator } = bench
  await bench.subscribe({ email: 'a@one.ac.kr' })
  const admin = await bench.tenantAdmin('a@one.ac.kr')
  await operator.simulator.reset.mutate()
  expect(await operator.market.listServices.query()).toMatchObject({
    services: [{ slug: 'advisor', subscriptions: 0 }],
  })
  expect(await operator.market.listSubscriptions.query({})).toEqual({ total: 0, subscriptions: [] })
  expect(await operator.market.listMails.query({})).toEqual({ total: 0, mails: [] })
  expect(await admin.client.session.me.query()).toMatchObject({ role: 'anonymous' })
  await simulator.engine.advance(40 * DAY)
  const { applicationId } = await bench.subscribe({ email: 'c@three.ac.kr' })
  expect(await operator.market.getApplication.query({ id: applicationId })).toMatchObject({ state: 'provisioned' })
  expect(await consoleBrowser(simulator).client.session.me.query()).toMatchObject({ role: 'anonymous' })
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningMarket, runLocalMarket } from '../../local-market/run-local-market.ts'
import { dictionary } from '../../text/index.ts'
import { runInProcess } from '../run-in-process.test.support.ts'

const stopping = new AbortController()
let folder: string
let market: RunningMarket
let ended: Promise<void>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-market-'))
  market = await new Promise<RunningMarket>((onReady, reject) => {
    const silent = () => undefined
    ended = runLocalMarket({
      ports: { '--port': 0, '--postgres-port': 0, '--advisor-port': 0, '--chatbot-port': 0 },
      dataDir: join(folder, 'kept'),
      text: dictionary('en'),
      progress: { begin: silent, done: silent, note: silent },
      onReady,
      signal: stopping.signal,
      env: {},
      now: () => new Date(),
      once: false,
    })
    ended.catch(reject)
  })
}, 240_000)

afterAll(async () => {
  stopping.abort()
  await ended
  await rm(folder, { recursive: true, force: true })
}, 60_000)

/** A busy machine is no failure. */
const PATIENT = { timeout: 60_000, interval: 100 }

/** Runs `mt-paas` against the running market. */
function mt(...args: string[]) {
  return runInProcess(args, { env: { MT_SIMULATOR_URL: market.url }, cwd: folder })
}

/** The document that a command prints, with the exit code it should have. */
async function json(args: readonly string[], code = 0): Promise<unknown> {
  const ran = await mt(...args, '--json')
  expect([ran.code, ran.stderr]).toEqual([code, expect.any(String)])
  return JSON.parse(ran.stdout)
}

/** What a command prints, as the schema has it. */
async function read<TSchema extends z.ZodType>(schema: TSchema, args: readonly string[], code = 0) {
  return schema.parse(await json(args, code))
}

const Numbered = z.object({ id: z.number() })
const Numbers = z.array(Numbered)
const content = z.object({ en: z.object({ subject: z.string(), text: z.string() }) })
const Mails = z.object({ mails: z.array(Numbered.extend({ content })) })
const Accounts = z.object({ accounts: z.array(z.looseObject({ id: z.number() })) })
const Deliveries = z.object({ deliveries: z.array(z.object({ id: z.string() })), total: z.number() })
const Ran = Numbered.extend({ must: z.object({ pass: z.number(), skip: z.number() }) })

const tenant = (service: string) => market.tenants.find((one) => one.service === service)?.tenant_id ?? ''

describe('commands against a running market', { timeout: 120_000 }, () => {
  it('take a service in, change its key in two steps, and take it out again', async () => {
    const url = market.services[0]?.url ?? ''
    const registered = await json(['services', 'register', 'third', '--target', url, '--api-key', 'old-key-123456'])
    expect(registered).toMatchObject({ slug: 'third', base_url: url, health: { status: 'healthy' } })
    const { next_api_key } = await read(z.object({ next_api_key: z.string() }), ['services', 'rotate-key', 'third'])
    expect(await json(['services', 'show', 'third'])).toMatchObject({
      api_key_hint: '…3456',
      next_api_key_hint: `…${next_api_key.slice(-4)}`,
    })
    await json(['services', 'activate-key', 'third'])
    const listed = await mt('services', '--lang', 'ko')
    expect(listed.stdout).toMatch(new RegExp(`│ third +│ ${url} +│ 평면 웹훅 +│ …${next_api_key.slice(-4)} +│ - +│`))
    expect(await mt('services', 'remove', 'third')).toEqual({ code: 0, stdout: 'Done.\n', stderr: '' })
    expect(await mt('services', 'show', 'third')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('no service third'),
    })
  })

  it('lead an application to a subscription, and that through its life', async () => {
    const apply = ['applications', 'apply', 'advisor', '--email', 'kim@snu.ac.kr', '--university', '서울대학교']
    const { id } = await read(Numbered, apply)
    const number = String(id)
    expect(await json(['applications', '--state', 'submitted'])).toMatchObject({ applications: [{ id }] })
    await json(['applications', 'approve', number])
    await expect.poll(() => json(['applications', 'show', number]), PATIENT).toMatchObject({ state: 'provisioned' })
    expect(await mt('applications', 'reject', number, '--reason', 'late')).toMatchObject({ code: 2, stdout: '' })
    const found = ['subscriptions', '--text', 'kim@snu.ac.kr']
    const { subscriptions } = await read(z.object({ subscriptions: Numbers }), found)
    const own = String(subscriptions[0]?.id)
    for (const [args, expected] of [
      [['suspend', own, '--reason', 'unpaid'], { status: 'suspended' }],
      [['resume', own], { status: 'active' }],
      [['renew', own, '--end-date', '2099-12-31'], { end_date: '2099-12-31' }],
      [['change-plan', own, 'standard'], { plan: 'standard' }],
      [['cancel', own], { status: 'cancelled' }],
    ] as const) {
      expect(await json(['subscriptions', ...args])).toMatchObject(expected)
    }
    const refused = await read(Numbered, ['applications', 'apply', 'chatbot'])
    await json(['applications', 'reject', String(refused.id), '--reason', '예산 없음'])
    const shown = await mt('applications', '--lang', 'ko', '--state', 'rejected')
    expect(shown.stdout).toMatch(/│ 반려됨 +│ .* │ 예산 없음 │/)
  })

  it('show the mails and accounts that came of it', async () => {
    const { mails } = await read(Mails, ['outbox', '--kind', 'access'])
    const mail = await mt('outbox', 'show', String(mails[0]?.id))
    expect(mail.stdout).toContain(mails[0]?.content.en.subject)
    expect(mail.stdout).toContain(mails[0]?.content.en.text)
    const { accounts } = await read(Accounts, ['accounts'])
    expect(accounts).toMatchObject([{ email: 'kim@snu.ac.kr' }, { email: 'admin@hallym.ac.kr' }])
    expect(await mt('accounts', 'reset-password', String(accounts[0]?.id))).toMatchObject({ code: 0 })
  })

  it('send deliveries again, say which could not be, and forget old ones', async () => {
    const { deliveries, total } = await read(Deliveries, ['deliveries', '--state', 'delivered'])
    const id = deliveries[0]?.id ?? ''
    const again = await json(['deliveries', 'replay', '--ids', id])
    expect(again).toEqual({ replayed: 1, skipped: 0, remaining: 0 })
    await expect.poll(() => json(['show', id]), PATIENT).toMatchObject({ attempts: 2 })
    await expect.poll(() => json(['deliveries', '--state', 'delivered']), PATIENT).toMatchObject({ total })
    expect(await json(['deliveries', 'replay', '--limit', '1', '--state', 'delivered'])).toEqual({
      replayed: 1,
      skipped: 0,
      remaining: total - 1,
    })
    const unknown = await mt('deliveries', 'replay', '--ids', 'msg_none')
    expect(unknown).toMatchObject({ code: 1, stdout: expect.stringMatching(/│ 0 +│ 1 +│ 0 +│/) })
    const { attempts_made } = await read(z.object({ attempts_made: Numbers }), ['show', id])
    const [first, second] = attempts_made.map((attempt) => String(attempt.id))
    const different = z.object({ differences: z.array(z.object({ at: z.string() })) })
    const { differences } = await read(different, ['diff', first ?? '', second ?? ''], 1)
    expect(differences.map(({ at }) => at)).not.toContain('request.headers.webhook-id')
    expect(await json(['deliveries', 'forget', '--older-than', '2d'])).toEqual({ forgotten: 0 })
  })

  it("manage a tenant's users and settings at its service", async () => {
    const of = ['chatbot', tenant('chatbot')]
    const lee = ['--email', 'lee@hallym.ac.kr', '--name', '이하늘']
    const { user_id } = await read(z.object({ user_id: z.string() }), ['users', 'create', ...of, ...lee])
    expect(await mt('users', 'list', ...of)).toMatchObject({ code: 0, stdout: expect.stringContaining('이하늘') })
    expect(await json(['users', 'update', ...of, user_id, '--role', 'admin'])).toMatchObject({ role: 'admin' })
    expect(await mt('users', 'delete', ...of, user_id)).toMatchObject({ code: 0 })
    await json(['settings', 'update', ...of, '--body', '{"features":{"quiz":true}}'])
    expect(await json(['settings', 'show', ...of])).toMatchObject({ config: { features: { quiz: true } } })
    const unknown = await mt('settings', 'update', ...of, '--body', '{"feature":{"quiz":true}}')
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"feature"') })
  })

  it('stop a sample and start it again at the same address, with its data', async () => {
    const url = market.services.find(({ name }) => name === 'chatbot')?.url ?? ''
    const sample = { name: 'chatbot', title: 'Chatbot', url }
    const { samples } = await read(z.object({ samples: z.unknown() }), ['samples'])
    expect(samples).toContainEqual({ ...sample, state: 'running' })
    expect(await json(['samples', 'stop', 'chatbot'])).toEqual({ ...sample, state: 'stopped' })
    await expect(fetch(url)).rejects.toThrow()
    expect(await mt('samples', 'stop', 'chatbot')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('stopped'),
    })
    expect((await fetch(market.services.find(({ name }) => name === 'advisor')?.url ?? '')).status).toBeLessThan(500)
    expect(await json(['samples', 'start', 'chatbot'])).toEqual({ ...sample, state: 'running' })
    expect(await mt('samples', 'start', 'chatbot')).toMatchObject({ code: 2, stdout: '' })
    expect(await mt('samples', 'start', 'nope')).toMatchObject({ code: 2, stderr: expect.stringContaining('nope') })
    expect(await mt('users', 'list', 'chatbot', tenant('chatbot'))).toMatchObject({ code: 0 })
    expect(await mt('trigger', 'demo', '--service', 'chatbot')).toMatchObject({ code: 0 })
  })

  it('run the conformance checks, wait for them, and write their report', async () => {
    const printed = await json(['conformance', 'run', 'advisor', '--only', 'health,signature'])
    expect(printed).toMatchObject({ state: 'passed', must: { fail: 0 } })
    const ran = Ran.parse(printed)
    expect(ran.must.pass).toBeGreaterThan(5)
    expect(ran.must.skip).toBe(0)
    const number = String(ran.id)
    expect(await json(['conformance'])).toMatchObject({ runs: [{ id: ran.id, state: 'passed' }] })
    expect((await mt('conformance', 'show', number)).stdout).toMatch(/│ advisor +│ Passed +│/)
    const report = ['conformance', 'report', number, '--kind', 'junit', '--out', 'reports']
    const { file } = await read(z.object({ file: z.string() }), report)
    expect(await readFile(file, 'utf8')).toContain('<testsuite')
    expect(await mt('conformance', 'cancel', number)).toMatchObject({ code: 2, stdout: '' })
  })

  it('make trouble, move the clock, and play scenarios that go as expected all the same', async () => {
    expect(await json(['faults', 'flaky', '--rate', '0.5'])).toMatchObject({ active: { preset: 'flaky', rate: 0.5 } })
    expect((await mt('faults', 'off')).stdout).toBe('No faults.\n')
    expect(await json(['clock', '75h'])).toMatchObject({ offset_ms: 270_000_000 })
    for (const scenario of ['demo', 'wrong-signature', 'stale-signature', 'wrong-key']) {
      expect(await mt('trigger', scenario)).toMatchObject({ code: 0, stderr: `${scenario}: as expected\n` })
    }
  })

  it('say what is wrong with what they were given, with exit code 2', async () => {
    for (const [args, complaint] of [
      [['applications', 'approve', 'abc'], '<number> must be 0–999999999999999: abc\n'],
      [['applications', 'apply', 'nope'], 'There is no service nope'],
      [['applications', '--state', 'lost'], '--state must be one of submitted, provisioning'],
      [['subscriptions', 'suspend', '1'], 'Missing argument: --reason'],
      [['subscriptions', 'change-plan', '1', 'gold'], 'Known plans: demo, standard'],
      [['settings', 'update', 'advisor', 'x', '--body', '{bad'], '--body must be JSON: {bad\n'],
      [['conformance', 'run', 'advisor', '--only', 'nonsense'], 'nonsense'],
      [['clock', '5x'], '90s, 5m, 75h, 2d: 5x\n'],
      [['show', '999999'], '999999'],
    ] as const) {
      const ran = await mt(...args)
      expect({ ...ran, args }).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(complaint) })
    }
    const inKorean = await mt('applications', 'apply', 'nope', '--lang', 'ko')
    expect(inKorean.stderr).toBe(
      '마켓의 응답: 존재하지 않는 서비스입니다: nope\n  body.service: 등록된 서비스: advisor, chatbot\n',
    )
  })
})

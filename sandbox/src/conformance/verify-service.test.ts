import { createServer } from 'node:http'
import { serve } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allChecks } from './checks/index.ts'
import { pythonDialect } from './mutant/python-dialect.ts'
import { REFERENCE_KEY } from './mutant/reference-key.ts'
import { type ReferenceService, startReference } from './mutant/reference-service.ts'
import type { Tampering } from './mutant/tampering.ts'
import type { ConformanceReport } from './report/report.ts'
import { rules } from './rules.ts'
import { UnknownCheckError } from './select-checks.ts'
import { TargetError } from './target.ts'
import { type VerifyOptions, verifyService } from './verify-service.ts'

let good: ReferenceService
beforeAll(async () => {
  good = await startReference()
})
afterAll(() => good.close(0))

function verifyGood(options: Partial<VerifyOptions> = {}): Promise<ConformanceReport> {
  return verifyService({ ...good.access, ...options })
}

async function verifyBroken(tampering: Tampering, options: Partial<VerifyOptions> = {}): Promise<ConformanceReport> {
  const service = await startReference({ tampering })
  try {
    return await verifyService({ ...service.access, ...options })
  } finally {
    await service.close(0)
  }
}

function idsOf({ results }: ConformanceReport, outcome: string): readonly string[] {
  return results.filter((result) => result.outcome === outcome).map(({ id }) => id)
}

describe('the checks', () => {
  it('are many, have ids of their own that begin with their area, and begin with the classic five', () => {
    expect(allChecks.length).toBeGreaterThan(120)
    expect(new Set(allChecks.map(({ id }) => id)).size).toBe(allChecks.length)
    for (const { id, area } of allChecks) expect(id).toMatch(new RegExp(`^${area}-[a-z0-9-]+$`, 'i'))
    expect(allChecks.slice(0, 5).map(({ title }) => title.ko)).toEqual([
      '헬스체크 (/health)',
      'Webhook 기본 호출',
      'API Key 검증 (잘못된 키 거부)',
      '응답 형식 검증',
      '테넌트 재사용 (동일 이메일)',
    ])
  })

  it('cover every rule', () => {
    const looked = new Set(allChecks.map(({ rule }) => rule))
    expect(Object.keys(rules).filter((rule) => !looked.has(rule as keyof typeof rules))).toEqual([])
  })
})

describe('a good service', () => {
  it('passes everything, nothing is skipped and nothing is left over', async () => {
    const report = await verifyGood()
    expect(report).toMatchObject({ verdict: 'passed', classic: { pass: 5, score: 100 }, leftovers: [] })
    expect(idsOf(report, 'fail')).toEqual([])
    expect(idsOf(report, 'skip')).toEqual([])
    expect(report.results.every(({ expectations }) => expectations > 0)).toBe(true)
  })

  it('passes again, and in any order of its checks', async () => {
    expect((await verifyGood({ skip: ['auth', 'users', 'usage'] })).verdict).toBe('passed')
    const alone = await Promise.all(
      ['isolation-get', 'page-walk', 'webhook-reuse'].map((id) => verifyGood({ only: [id] })),
    )
    expect(alone.map(({ verdict, results }) => [verdict, results.length])).toEqual(alone.map(() => ['passed', 1]))
  })

  it('has a report that is plain JSON and does not hold the key', async () => {
    const report = await verifyGood({ only: ['auth', 'classic'], seed: 'a seed' })
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report)))
    expect(JSON.stringify(report)).not.toContain(REFERENCE_KEY)
    expect(report.seed).toBe('a seed')
    expect(report.exchanges.length).toBeGreaterThan(60)
  })

  it('called with another key fails, and says what to send', async () => {
    const report = await verifyGood({ apiKey: 'another-key', only: ['classic'] })
    expect(report).toMatchObject({ verdict: 'failed', classic: { pass: 2, fail: 3, score: 40 } })
    const [failure] = report.results[1]?.failures ?? []
    expect(failure).toMatchObject({ what: 'status', expected: 200, received: 401 })
    expect(failure?.curl).toContain(`-H 'X-API-Key: '"$MARKET_API_KEY"''`)
  })
})

describe('a service in the dialect of the predecessors', () => {
  it('holds every MUST, and its errors are SHOULD', async () => {
    const report = await verifyBroken(pythonDialect())
    expect(report).toMatchObject({ verdict: 'passed', must: { fail: 0, skip: 0, score: 100 } })
    expect(idsOf(report, 'fail')).toEqual(
      expect.arrayContaining(['error-body-401', 'error-body-422', 'error-places', 'http-request-id', 'http-allow-all']),
    )
    const strict = await verifyBroken(pythonDialect(), { level: 'SHOULD', only: ['error'] })
    expect(strict.verdict).toBe('failed')
  })
})

describe('what is known to fail', () => {
  it('does not fail the run, but anything new does', async () => {
    const tampering: Tampering = { request: ({ path }) => (path === '/health' ? { status: 404, json: {} } : undefined) }
    const run = (knownFailures: string[]) => verifyBroken(tampering, { only: ['classic'], knownFailures })
    expect((await run([])).verdict).toBe('failed')
    const again = await run(['classic-health'])
    expect(again).toMatchObject({ verdict: 'passed', classic: { fail: 1, score: 80 } })
    expect(again.results[0]).toMatchObject({ outcome: 'fail', known: true })
    expect((await run(['classic-webhook'])).verdict).toBe('failed')
  })
})

describe('a service that has only a part', () => {
  it('has the rest skipped, which is no pass', async () => {
    const service = await serve(
      new Koa().use((koa) => Object.assign(koa, { status: 404, body: { detail: 'Not Found' } })),
    )
    const report = await verifyService({ url: service.url })
    expect(report.verdict).toBe('failed')
    expect(report.classic).toMatchObject({ pass: 0, fail: 5, score: 0 })
    expect(report.capabilities).toMatchObject({ standard: false, webhook: false })
    expect(idsOf(report, 'pass')).toEqual([])
    const without = await verifyService({ url: service.url, skip: ['classic'] })
    expect(without).toMatchObject({ verdict: 'untested', must: { pass: 0, fail: 0, score: null } })
    await service.close(0)
  })

  it('that cannot make tenants is not tested, and the check of making them fails', async () => {
    const tampering: Tampering = {
      request: ({ operation, headers }) =>
        operation === 'activateTenant' && headers['x-market-api-key'] === REFERENCE_KEY
          ? { status: 500, json: {} }
          : undefined,
    }
    const report = await verifyBroken(tampering, { only: ['users', 'activate-answer'] })
    expect(idsOf(report, 'fail')).toEqual(['activate-answer'])
    expect(idsOf(report, 'pass')).toEqual([])
    expect(report.results.at(-1)?.skip).toMatchObject({ kind: 'setup', reason: { en: expect.stringContaining('500') } })
    expect((await verifyBroken(tampering, { only: ['users'] })).verdict).toBe('untested')
  })
})

describe('what cannot be looked at', () => {
  it.each([
    ['not a url', 'not-a-url'],
    ['ftp://127.0.0.1', 'not-a-url'],
    ['http://user:secret@127.0.0.1', 'not-a-url'],
    ['http://example.com', 'not-loopback'],
    ['http://127.0.0.1.example.com', 'not-loopback'],
    ['http://10.0.0.1:8080', 'not-loopback'],
    ['http://127.0.0.1:9', 'unreachable'],
  ])('%s is %s', async (url, reason) => {
    const error = await verifyService({ url, fetch: reason === 'unreachable' ? fetch : never }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(TargetError)
    expect(error).toMatchObject({ reason })
  })

  it('names the option that lets another computer in', async () => {
    await expect(verifyService({ url: 'http://example.com' })).rejects.toThrow('allowRemote')
    const sent: string[] = []
    const fetchNothing = async (url: string) => {
      sent.push(url)
      throw new TypeError('no network')
    }
    await expect(verifyService({ url: 'http://example.com', allowRemote: true, fetch: fetchNothing })).rejects.toThrow(
      'no network',
    )
    expect(sent).toEqual(['http://example.com/health'])
  })

  it('and a word that fits no check are told apart', async () => {
    await expect(verifyGood({ only: ['nothing-like-it'] })).rejects.toThrow(UnknownCheckError)
  })

  it('has a deadline for every request', async () => {
    const silent = createServer((req, res) => (req.url === '/health' ? res.end('{}') : undefined))
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const address = silent.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const report = await verifyService({ url, timeoutMs: 500, only: ['classic'] })
    expect(report.classic).toMatchObject({ pass: 1, fail: 4 })
    expect(report.results[1]?.failures[0]).toMatchObject({ kind: 'answer', received: '500 ms' })
    silent.closeAllConnections()
    silent.close()
  })

  it('ends when it is told to, after tidying up', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    const run = verifyGood({
      only: ['users'],
      signal: stop.signal,
      onResult({ id }) {
        seen.push(id)
        if (seen.length === 3) stop.abort(new Error('enough'))
      },
    })
    await expect(run).rejects.toThrow('enough')
    expect(seen).toHaveLength(3)
  })
})

function never(): Promise<Response> {
  throw new Error('Nothing may be sent there')
}

describe('a service that takes signed webhooks only', () => {
  it('gets every webhook signed, and passes', async () => {
    const service = await startReference({ requireSignature: true })
    try {
      const report = await verifyService({ ...service.access, only: ['classic', 'webhook', 'signature', 'callback'] })
      expect(idsOf(report, 'fail')).toEqual([])
      expect(report).toMatchObject({ verdict: 'passed', classic: { score: 100 } })
      const { webhookSecret: _, ...unsigned } = service.access
      expect(await verifyService({ ...unsigned, only: ['classic'] })).toMatchObject({ classic: { score: 40 } })
    } finally {
      await service.close(0)
    }
  })
})

describe('without the secrets of a service', () => {
  it('checks on signatures and callbacks are skipped, and say which option is missing', async () => {
    const { url } = good
    const report = await verifyService({ url, apiKey: REFERENCE_KEY, only: ['signature', 'callback'] })
    expect(report).toMatchObject({ verdict: 'untested', must: { pass: 0, fail: 0 } })
    const reasons = new Set(report.results.map(({ skip }) => skip?.reason.en.match(/--[\w-]+/)?.[0]))
    expect(reasons).toEqual(new Set(['--webhook-secret', '--callback-port']))
  })

  it('a callback that never comes is not waited for so long again', async () => {
    const service = await startReference({ tampering: { callback: () => [] } })
    const { receiver } = service.access.callbacks ?? {}
    if (!receiver) throw new Error('Callbacks are not awaited')
    const callbacks = { receiver, patience: 400, quiet: 20 }
    const report = await verifyService({ ...service.access, callbacks, only: ['callback'] })
    await service.close(0)
    expect(report.verdict).toBe('failed')
    const [first = 0, ...others] = report.results
      .filter(({ outcome }) => outcome === 'fail')
      .map((one) => one.durationMs)
    expect(first).toBeGreaterThanOrEqual(400)
    expect(others.length).toBeGreaterThan(2)
    expect(Math.min(...others)).toBeLessThan(400)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MarketBench, openMarketBench } from './market-bench.test.support.ts'

let bench: MarketBench

beforeEach(async () => {
  bench = await openMarketBench()
})

afterEach(() => bench?.[Symbol.asyncDispose]())

describe('a conformance run', () => {
  it('goes on in the background, tells how far it is, and keeps everything', async () => {
    const { conformance, market } = bench.operator
    const told: unknown[] = []
    bench.simulator.engine.events.subscribe(({ type, data }) => {
      if (type === 'conformance.result') told.push(data.check_id)
    })
    const started = await conformance.start.mutate({ service: 'advisor', only: ['classic', 'health'], seed: 'a' })
    expect(started).toMatchObject({ service: 'advisor', state: 'running', done: 0, verdict: null })
    await expect(conformance.start.mutate({ service: 'advisor' })).rejects.toMatchObject(status(409))
    await bench.simulator.market.conformance.idle()
    const { id } = started
    const run = await conformance.getRun.query({ id })
    expect(run).toMatchObject({ state: 'passed', verdict: 'passed', classic: { pass: 5, score: 100 }, seed: 'a' })
    expect(run.done).toBe(run.total)
    expect(run.results.map((result) => result.id)).toEqual(told)
    expect(run.results.every(({ outcome }) => outcome === 'pass')).toBe(true)
    for (const kind of ['json', 'junit', 'html', 'har', 'badge'] as const) {
      const file = await conformance.getFile.query({ id, kind, language: 'ko' })
      expect(file.content.length).toBeGreaterThan(100)
    }
    expect(await market.overview.query({})).toMatchObject({
      conformance: [{ run_id: id, service: 'advisor', state: 'passed', classic_score: 100 }],
    })
  })

  it('finds what is broken, and knows it the next time', async () => {
    const { conformance } = bench.operator
    await bench.operator.simulator.saveService.mutate({ slug: 'advisor', api_key: 'wrong' })
    const first = await conformance.start.mutate({ service: 'advisor', only: ['classic'] })
    await bench.simulator.market.conformance.idle()
    const { state, results } = await conformance.getRun.query({ id: first.id })
    expect(state).toBe('failed')
    const failed = results.filter(({ outcome }) => outcome === 'fail')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed[0]?.failures[0]).toMatchObject({ expected: expect.anything(), received: expect.anything() })
    await conformance.start.mutate({ service: 'advisor', only: ['classic'], baseline_run: first.id })
    await bench.simulator.market.conformance.idle()
    const { runs } = await conformance.listRuns.query({ service: 'advisor' })
    expect(runs.map((run) => run.id)).toEqual([first.id + 1, first.id])
    expect(runs[0]?.state).not.toBe('failed')
  })

  it('is cancelled, and leaves no report', async () => {
    const { conformance } = bench.operator
    const { id } = await conformance.start.mutate({ service: 'advisor' })
    expect(await conformance.cancel.mutate({ id })).toMatchObject({ state: 'cancelled', verdict: null })
    await expect(conformance.cancel.mutate({ id })).rejects.toMatchObject(status(409))
    await expect(conformance.getFile.query({ id, kind: 'json' })).rejects.toMatchObject(status(409))
    await conformance.remove.mutate({ id })
    await expect(conformance.getRun.query({ id })).rejects.toMatchObject(status(404))
  })

  it('of what cannot be run is refused', async () => {
    const { conformance } = bench.operator
    await expect(conformance.start.mutate({ service: 'nobody' })).rejects.toMatchObject(status(404))
    await expect(conformance.start.mutate({ service: 'advisor', only: ['no-such-check'] })).rejects.toMatchObject(
      status(422),
    )
    await bench.service.close()
    const { id } = await conformance.start.mutate({ service: 'advisor' })
    await bench.simulator.market.conformance.idle()
    expect(await conformance.getRun.query({ id })).toMatchObject({
      state: 'error',
      error: expect.stringContaining('does not answer'),
    })
  })
})

function status(httpStatus: number) {
  return { data: { httpStatus } }
}

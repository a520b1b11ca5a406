import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Level } from '../conformance/check.ts'
import { allChecks } from '../conformance/checks/index.ts'
import type { CheckResult, ConformanceReport } from '../conformance/report/report.ts'
import { type ReportKind, reportFile } from '../conformance/report/report-files.ts'
import { selectChecks } from '../conformance/select-checks.ts'
import { type VerifyOptions, type VerifyProgress, verifyService } from '../conformance/verify-service.ts'
import {
  type ConformanceRunRecord,
  type ConformanceState,
  conformanceResultRecord,
  conformanceRunRecord,
} from '../engine/entity/index.ts'
import type { Language } from '../text/index.ts'
import { entryOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'
import type { MarketParts } from './market-parts.ts'

/** A run to start. */
export interface ConformanceRequest {
  /** Slug. */
  readonly service: string
  /** @default all checks */
  readonly only?: readonly string[] | undefined
  /** @default none */
  readonly skip?: readonly string[] | undefined
  /** @default 'MUST' */
  readonly level?: Level | undefined
  /** @default a new one */
  readonly seed?: string | undefined
  /** An existing tenant with data. @default a new one */
  readonly read_tenant?: string | undefined
  /** A run whose failures are known and no longer fail this one. @default none */
  readonly baseline_run?: number | undefined
}

/** Which runs are asked for. */
export interface ConformanceRunFilter {
  /** Slug. @default any */
  readonly service?: string | undefined
  /** @default any */
  readonly state?: ConformanceState | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** Runs of the conformance tester against services of the catalogue, in the background. */
export interface ConformanceRuns {
  /** @throws MarketError 404, 409 while one runs; UnknownCheckError */
  start(request: ConformanceRequest): Promise<ConformanceRunView>
  list(filter: ConformanceRunFilter): Promise<readonly ConformanceRunView[]>
  /** @throws MarketError 404 */
  get(id: number): Promise<ConformanceRunView & { readonly results: readonly CheckResult[] }>
  /** Ends a run after the check that is under way. @throws MarketError 404, 409 when it is over */
  cancel(id: number): Promise<ConformanceRunView>
  /** @throws MarketError 404, 409 when it has no report */
  file(id: number, kind: ReportKind, language: Language): Promise<ReportDownload>
  /** @throws MarketError 404, 409 while it runs */
  remove(id: number): Promise<void>
  /** Nothing runs any more. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** A report as a file. */
export interface ReportDownload {
  readonly name: string
  readonly type: string
  readonly content: string
}

const TYPES: Readonly<Record<ReportKind, string>> = {
  json: 'application/json',
  junit: 'application/xml',
  html: 'text/html; charset=utf-8',
  har: 'application/json',
  badge: 'image/svg+xml',
}

interface Running {
  readonly abort: AbortController
  readonly service: string
  readonly done: Promise<void>
}

/** Opens the runs; those that an earlier process left are marked as interrupted. */
export async function openConformanceRuns(
  { engine }: MarketParts,
  onError: (error: unknown) => void,
): Promise<ConformanceRuns> {
  const { store, events, clock, services } = engine
  const running = new Map<number, Running>()
  await events.journal(async (em) => {
    const over = { state: 'interrupted' as const, finishedAt: clock.now() }
    await em.nativeUpdate(conformanceRunRecord, { state: 'running' }, over)
  })

  async function require(id: number, withReport = false): Promise<ConformanceRunRecord> {
    const populate = withReport ? (['report'] as const) : []
    const run = await store.reader().findOne(conformanceRunRecord, { id }, { populate: populate as never })
    if (!run) throw MarketError.unknown('conformance run', id)
    return run
  }

  async function finish(id: number, service: string, end: Partial<ConformanceRunRecord>): Promise<void> {
    await events.journal(async (em, tell) => {
      await em.nativeUpdate(conformanceRunRecord, { id }, { ...end, finishedAt: clock.now() })
      tell('conformance.finished', { data: { run_id: id, service, state: end.state } })
    })
  }

  async function run(id: number, service: string, options: VerifyOptions): Promise<void> {
    // Results come one after another and are written down in that order.
    let written: Promise<void> = Promise.resolve()
    const onResult = (result: CheckResult, progress: VerifyProgress) => {
      written = written.then(() => writeResult({ id, service, result, progress })).catch(onError)
    }
    try {
      const report = await verifyService({ ...options, onResult })
      await written
      const packed = await promisify(gzip)(JSON.stringify(report))
      const { verdict, classic, must, should, durationMs, seed } = report
      const summary = { verdict, classic, must, should, durationMs, seed }
      await finish(id, service, { state: verdict, summary, report: packed })
    } catch (error) {
      await written
      const state = options.signal?.aborted ? 'cancelled' : 'error'
      await finish(id, service, { state, error: error instanceof Error ? error.message : String(error) })
    }
  }

  async function writeResult({ id, service, result, progress }: Result): Promise<void> {
    await events.journal(async (em, tell) => {
      const position = progress.done
      em.create(conformanceResultRecord, { runId: id, position, checkId: result.id, outcome: result.outcome, result })
      await em.nativeUpdate(conformanceRunRecord, { id }, { done: progress.done, total: progress.total })
      const { id: check_id, outcome, level } = result
      tell('conformance.result', { data: { run_id: id, service, check_id, outcome, level, ...progress } })
    })
  }

  async function optionsFor(request: ConformanceRequest, signal: AbortSignal): Promise<VerifyOptions> {
    const service = await services.find(request.service)
    if (!service) throw MarketError.unknown('service', request.service)
    const { only, skip, level, seed, read_tenant, baseline_run } = request
    return {
      url: service.baseUrl,
      apiKey: service.apiKey,
      prefix: entryOf(service).prefix,
      allowRemote: engine.rule === 'public',
      signal,
      ...(service.signingSecret != null && { webhookSecret: service.signingSecret }),
      ...(only && { only }),
      ...(skip && { skip }),
      ...(level && { level }),
      ...(seed !== undefined && { seed }),
      ...(read_tenant !== undefined && { readTenant: read_tenant }),
      ...(baseline_run !== undefined && { knownFailures: await failuresOf(baseline_run) }),
    }
  }

  async function failuresOf(id: number): Promise<readonly string[]> {
    await require(id)
    const failed = await store.reader().find(conformanceResultRecord, { runId: id, outcome: 'fail' })
    return failed.map(({ checkId }) => checkId)
  }

  return {
    async start(request) {
      const abort = new AbortController()
      const options = await optionsFor(request, abort.signal)
      const total = selectChecks(allChecks, options).length
      const { service, ...told } = request
      if ([...running.values()].some((one) => one.service === service)) throw MarketError.conformanceRuns(service)
      const { id } = await events.journal(async (em, tell) => {
        const made = em.create(conformanceRunRecord, {
          serviceSlug: service,
          url: options.url,
          options: told,
          state: 'running',
          done: 0,
          total,
          startedAt: clock.now(),
        })
        await em.flush()
        tell('conformance.started', { data: { run_id: made.id, service, total } })
        return made
      })
      const done = run(id, service, options)
        .catch(onError)
        .finally(() => running.delete(id))
      running.set(id, { abort, service, done })
      return runView(await require(id))
    },
    async list({ service, state, before, limit }) {
      const where = {
        ...(service !== undefined && { serviceSlug: service }),
        ...(state && { state }),
        ...(before !== undefined && { id: { $lt: before } }),
      }
      const rows = await store.reader().find(conformanceRunRecord, where, { orderBy: { id: 'desc' }, limit })
      return rows.map(runView)
    },
    async get(id) {
      const view = runView(await require(id))
      const rows = await store.reader().find(conformanceResultRecord, { runId: id }, { orderBy: { position: 'asc' } })
      return { ...view, results: rows.map(({ result }) => result) }
    },
    async cancel(id) {
      const { state } = await require(id)
      const found = running.get(id)
      if (!found) throw MarketError.refused('cancel', { what: 'conformance run', state, allowed: [] })
      found.abort.abort(new Error('The run was cancelled'))
      await found.done
      return runView(await require(id))
    },
    async file(id, kind, language) {
      const { report, state } = await require(id, true)
      if (!report) throw MarketError.noReport(id, state)
      const plain = JSON.parse((await promisify(gunzip)(report)).toString('utf8')) as ConformanceReport
      const { name, content } = reportFile(kind, plain, { language, version: version() })
      return { name, type: TYPES[kind], content }
    },
    async remove(id) {
      const { state } = await require(id)
      if (running.has(id)) {
        throw MarketError.refused('remove', { what: 'conformance run', state, allowed: ['cancel'] })
      }
      await events.journal(async (em, tell) => {
        await em.nativeDelete(conformanceResultRecord, { runId: id })
        await em.nativeDelete(conformanceRunRecord, { id })
        tell('conformance.removed', { data: { run_id: id } })
      })
    },
    async idle() {
      await Promise.all([...running.values()].map(({ done }) => done))
    },
    async close() {
      for (const { abort } of running.values()) abort.abort(new Error('The sandbox was stopped'))
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

interface Result {
  readonly id: number
  readonly service: string
  readonly result: CheckResult
  readonly progress: VerifyProgress
}

function runView(run: ConformanceRunRecord) {
  const { summary } = run
  return {
    id: run.id,
    service: run.serviceSlug,
    url: run.url,
    options: run.options,
    state: run.state,
    done: run.done,
    total: run.total,
    verdict: summary?.verdict ?? null,
    classic: summary?.classic ?? null,
    must: summary?.must ?? null,
    should: summary?.should ?? null,
    seed: summary?.seed ?? null,
    duration_ms: summary?.durationMs ?? null,
    error: run.error ?? null,
    started_at: run.startedAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
  }
}

/** A run on the wire. */
export type ConformanceRunView = ReturnType<typeof runView>

function version(): string {
  return createRequire(import.meta.url)('../../package.json').version
}

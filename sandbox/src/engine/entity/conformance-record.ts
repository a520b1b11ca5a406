import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { CheckResult, ConformanceReport } from '../../conformance/report/report.ts'

/** States of a conformance run; all but the first are final. */
export const conformanceStates = [
  'running',
  'passed',
  'failed',
  'untested',
  'cancelled',
  'interrupted',
  'error',
] as const

/** One of {@link conformanceStates}. */
export type ConformanceState = (typeof conformanceStates)[number]

/** What is told of a finished run without its details. */
export type ConformanceSummary = Pick<
  ConformanceReport,
  'verdict' | 'classic' | 'must' | 'should' | 'durationMs' | 'seed'
>

/** One run of the conformance tester against a service. */
export const conformanceRunRecord = defineEntity({
  name: 'ConformanceRun',
  tableName: 'conformance_runs',
  properties: {
    id: p.integer().primary().autoincrement(),
    serviceSlug: p.text(),
    url: p.text(),
    options: p.json<Readonly<Record<string, unknown>>>(),
    state: p.enum(conformanceStates),
    done: p.integer(),
    total: p.integer(),
    summary: p.json<ConformanceSummary>().nullable(),
    /** The report as JSON, compressed by gzip. */
    report: p.blob().nullable().lazy(),
    /** Why there is no report. */
    error: p.text().nullable(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
})

/** One check of a run. */
export const conformanceResultRecord = defineEntity({
  name: 'ConformanceResult',
  tableName: 'conformance_results',
  properties: {
    runId: p.integer().primary(),
    position: p.integer().primary(),
    checkId: p.text(),
    outcome: p.text(),
    result: p.json<CheckResult>(),
  },
})

export type ConformanceRunRecord = InferEntity<typeof conformanceRunRecord>

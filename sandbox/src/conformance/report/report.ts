import type { Level } from '../check.ts'
import type { ExpectationKind } from '../expect/expectation.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Localised } from '../localised.ts'
import type { RuleId } from '../rules.ts'
import type { SkipKind } from '../skip-check.ts'

/** An expectation that did not hold. */
export interface Failure {
  readonly kind: ExpectationKind
  readonly what: string
  readonly expected: unknown
  readonly received: unknown
  readonly difference: readonly string[]
  readonly hint: Localised
  /** The request for a shell, the key left to a variable; null when no request was made. */
  readonly curl: string | null
  /** Index in the report's exchanges; null when no request was made. */
  readonly exchange: number | null
}

/** What became of a check. */
export type Outcome = 'pass' | 'fail' | 'skip'

/** One check of a run. */
export interface CheckResult {
  readonly id: string
  readonly area: string
  readonly level: Level
  readonly rule: RuleId
  readonly title: Localised
  readonly outcome: Outcome
  readonly durationMs: number
  /** Expectations that were looked at. */
  readonly expectations: number
  readonly failures: readonly Failure[]
  /** Why it was not carried out. */
  readonly skip: { readonly kind: SkipKind; readonly reason: Localised } | null
  /** Failed in the baseline as well, and so no news. */
  readonly known: boolean
}

/** Checks by outcome; `score` is the integer percent of passes among passes and failures, null when there are none. */
export interface Tally {
  readonly total: number
  readonly pass: number
  readonly fail: number
  readonly skip: number
  readonly score: number | null
}

/** `untested`: nothing failed, but nothing passed either, or something could not be prepared. */
export type Verdict = 'passed' | 'failed' | 'untested'

/** Everything a run found out; plain JSON. */
export interface ConformanceReport {
  readonly format: 'mt-paas-conformance/1'
  readonly url: string
  readonly seed: string
  /** The lowest level whose failures fail the run. */
  readonly level: Level
  readonly startedAt: string
  readonly durationMs: number
  readonly verdict: Verdict
  readonly classic: Tally
  readonly must: Tally
  readonly should: Tally
  readonly capabilities: Readonly<Record<string, boolean>>
  readonly results: readonly CheckResult[]
  /** Tenants that could not be removed. */
  readonly leftovers: readonly string[]
  /** Every request and answer, without the key. */
  readonly exchanges: readonly Exchange[]
}

import { adviceFor } from './advice.ts'
import { capabilities } from './capability-name.ts'
import type { Check } from './check.ts'
import type { CheckContext } from './check-context.ts'
import type { Expectation } from './expect/expectation.ts'
import { curlLine } from './http/curl-line.ts'
import type { Exchange } from './http/exchange.ts'
import { maskKey } from './http/mask-key.ts'
import type { CheckResult, Failure } from './report/report.ts'
import type { Session } from './session.ts'
import { SkipCheck } from './skip-check.ts'

/** What a check is run with. */
export interface RunCheckOptions {
  readonly session: Session
  readonly apiKey: string
  /** Where an exchange stands in the report. */
  readonly indexOf: (exchange: Exchange) => number
  /** Ids of checks that failed before. */
  readonly knownFailures: ReadonlySet<string>
}

/** Carries out one check and removes what it made. */
export async function runCheck(check: Check, options: RunCheckOptions): Promise<CheckResult> {
  const { session, knownFailures } = options
  const began = performance.now()
  const opened = session.open()
  const found = await attempt(check, opened.ctx)
  await opened.close()
  const { id, area, level, rule, title } = check
  const failures = found.expectations.filter(({ ok }) => !ok).map((one) => failureOf(one, check, options))
  const outcome = found.skip ? 'skip' : failures.length > 0 || found.expectations.length === 0 ? 'fail' : 'pass'
  return {
    ...{ id, area, level, rule, title },
    outcome,
    durationMs: Math.round((performance.now() - began) * 100) / 100,
    expectations: found.expectations.length,
    failures,
    skip: found.skip ? { kind: found.skip.kind, reason: found.skip.reason } : null,
    known: outcome === 'fail' && knownFailures.has(id),
  }
}

interface Found {
  readonly expectations: readonly Expectation[]
  readonly skip: SkipCheck | undefined
}

async function attempt({ needs, run }: Check, ctx: CheckContext): Promise<Found> {
  try {
    for (const need of needs) {
      if (!(await ctx.has(need))) throw SkipCheck.capability(capabilities[need])
    }
    return { expectations: (await run(ctx)).flat(), skip: undefined }
  } catch (error) {
    if (error instanceof SkipCheck) return { expectations: [], skip: error }
    throw error
  }
}

function failureOf(expectation: Expectation, { hint }: Check, { apiKey, indexOf }: RunCheckOptions): Failure {
  const { kind, what, expected, received, difference, exchange } = expectation
  const mask = (value: unknown) => (typeof value === 'string' ? maskKey(value, apiKey) : (value ?? null))
  return {
    ...{ kind, what },
    expected: mask(expected),
    received: mask(received),
    difference: difference.map((line) => maskKey(line, apiKey)),
    hint: hint ?? adviceFor(expectation),
    curl: exchange ? curlLine(exchange, apiKey) : null,
    exchange: exchange ? indexOf(exchange) : null,
  }
}

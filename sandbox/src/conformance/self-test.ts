import { allChecks } from './checks/index.ts'
import { allMutants } from './mutant/index.ts'
import type { Mutant } from './mutant/mutant.ts'
import { type ReferenceService, startReference } from './mutant/reference-service.ts'
import { verifyService } from './verify-service.ts'

/** What a mutant should have failed, and what it failed. */
export interface MutantResult {
  readonly id: string
  readonly expected: readonly string[]
  readonly failed: readonly string[]
  readonly ok: boolean
}

/** Whether the checks find what they are for. */
export interface SelfTestReport {
  readonly ok: boolean
  /** Checks that the good service did not pass. */
  readonly refusedGood: readonly string[]
  readonly checks: number
  /** Checks that no mutant names. */
  readonly unproven: readonly string[]
  readonly mutants: readonly MutantResult[]
  readonly durationMs: number
}

/** How the self-test is run. */
export interface SelfTestOptions {
  /** Run every check against every mutant, and not only those of the rules it breaks. @default false */
  readonly thorough?: boolean
  /** Whether the good service is tried too, with every check. @default true */
  readonly good?: boolean
  /** Which mutants. @default all */
  readonly mutants?: readonly Mutant[]
  /** Sees every mutant as it is done. @default nobody */
  readonly onMutant?: (result: MutantResult, progress: { readonly done: number; readonly total: number }) => void
  /** Ends the run after the mutant that is under way. @default never */
  readonly signal?: AbortSignal
}

/**
 * Runs the checks against the reference service, which has to pass them all, and against its mutants, each of which
 * has to fail exactly the checks it names.
 */
export async function selfTest(options: SelfTestOptions = {}): Promise<SelfTestReport> {
  const { thorough = false, good: triesGood = true, mutants = allMutants, onMutant, signal } = options
  const began = performance.now()
  const service = await startReference()
  try {
    const good = triesGood ? (await report(service, { seed: 'good', only: [] })).results : []
    const results: MutantResult[] = []
    for (const [index, one] of mutants.entries()) {
      signal?.throwIfAborted()
      const result = await tryMutant(one, service, { thorough, seed: `${one.id} ${index}` })
      results.push(result)
      onMutant?.(result, { done: results.length, total: mutants.length })
    }
    const refusedGood = good.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id)
    const proven = new Set(allMutants.flatMap(({ fails }) => fails))
    const unproven = allChecks.map(({ id }) => id).filter((id) => !proven.has(id))
    return {
      ok: refusedGood.length === 0 && unproven.length === 0 && results.every(({ ok }) => ok),
      refusedGood,
      checks: allChecks.length,
      unproven,
      mutants: results,
      durationMs: Math.round(performance.now() - began),
    }
  } finally {
    await service.close(0)
  }
}

interface Trial {
  readonly thorough: boolean
  readonly seed: string
}

async function tryMutant(one: Mutant, service: ReferenceService, { thorough, seed }: Trial): Promise<MutantResult> {
  const { id, fails, make } = one
  const broken = new Set(allChecks.filter((check) => fails.includes(check.id)).map(({ rule }) => rule))
  const meant = allChecks.filter(({ rule }) => broken.has(rule)).map((check) => check.id)
  service.become(make())
  const { results } = await report(service, { seed, only: thorough ? [] : meant })
  const failed = results.filter(({ outcome }) => outcome === 'fail').map((result) => result.id)
  const expected = [...fails]
  return { id, expected, failed, ok: expected.toSorted().join() === failed.toSorted().join() }
}

/** What one mutant remembers, such as idempotency keys, must not meet the next one, so each has a seed of its own. */
function report({ access }: ReferenceService, selection: { readonly seed: string; readonly only: readonly string[] }) {
  return verifyService({ ...access, ...selection })
}

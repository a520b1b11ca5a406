import type { Level } from '../check.ts'
import type { CheckResult, Outcome, Tally, Verdict } from './report.ts'

/** Counts results by outcome. */
export function tally(results: readonly CheckResult[]): Tally {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length
  const [pass, fail] = [count('pass'), count('fail')]
  const score = pass + fail === 0 ? null : Math.floor((pass / (pass + fail)) * 100)
  return { total: results.length, pass, fail, skip: count('skip'), score }
}

/** What the results mean when failures of `level` and above count and those of the baseline do not. */
export function verdictOf(results: readonly CheckResult[], level: Level): Verdict {
  const counting = results.filter((result) => level === 'SHOULD' || result.level === 'MUST')
  if (counting.some(({ outcome, known }) => outcome === 'fail' && !known)) return 'failed'
  const unprepared = counting.some(({ skip }) => skip?.kind === 'setup')
  const looked = results.some(({ outcome }) => outcome !== 'skip')
  return unprepared || !looked ? 'untested' : 'passed'
}

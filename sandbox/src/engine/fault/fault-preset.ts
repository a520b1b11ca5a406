import { type SeededRandom, seededRandom } from '../../conformance/seeded-random.ts'
import type { Fault } from './fault.ts'

/** Troubles of a sender, by name. */
export const faultPresets = [
  'flaky',
  'duplicate-storm',
  'out-of-order',
  'slow-network',
  'key-rotated',
  'market-restarts',
  'bad-signatures',
] as const

/** One of {@link faultPresets}. */
export type FaultPreset = (typeof faultPresets)[number]

/** Which trouble there is; the same seed gives the same trouble to the same delivery and attempt. */
export interface FaultPlan {
  readonly preset: FaultPreset
  readonly seed: string
  /** Share of attempts it strikes, 0 to 1. */
  readonly rate: number
}

/** Share of attempts that a preset strikes when nobody says otherwise. */
export const usualRates: Readonly<Record<FaultPreset, number>> = Object.freeze({
  flaky: 0.2,
  'duplicate-storm': 1,
  'out-of-order': 1,
  'slow-network': 1,
  'key-rotated': 0.5,
  'market-restarts': 0.5,
  'bad-signatures': 0.5,
})

/** Longest time for which deliveries out of order are held back, ms. */
const LONGEST_HOLD = 10_000
const STORM_COPIES = 5
const PRECISION = 1_000_000

/** What is wrong with one attempt of a delivery. */
export function plannedFault(plan: FaultPlan, sequence: number, attempt: number): Fault {
  // A restart is over when the delivery is tried again.
  if (plan.preset === 'market-restarts' && attempt > 1) return {}
  const random = seededRandom(`${plan.seed}/${plan.preset}/${sequence}/${attempt}`)
  return strikes(plan, random) ? faultOf(plan.preset, random) : {}
}

/** How long a new delivery is held back, ms. */
export function plannedHold(plan: FaultPlan, sequence: number): number {
  if (plan.preset !== 'out-of-order') return 0
  const random = seededRandom(`${plan.seed}/${plan.preset}/${sequence}`)
  return strikes(plan, random) ? random.integer(LONGEST_HOLD) : 0
}

function strikes({ rate }: FaultPlan, random: SeededRandom): boolean {
  return random.integer(PRECISION) < rate * PRECISION
}

function faultOf(preset: FaultPreset, random: SeededRandom): Fault {
  switch (preset) {
    case 'flaky':
      return { transport: random.integer(2) === 0 ? 'drop' : 'lose-answer' }
    case 'duplicate-storm':
      return { copies: STORM_COPIES }
    case 'out-of-order':
      return {}
    case 'slow-network':
      return { transport: 'slow' }
    case 'key-rotated':
      return { key: 'next' }
    case 'market-restarts':
      return { transport: 'cut' }
    case 'bad-signatures':
      return { signature: (['wrong', 'stale', 'missing'] as const)[random.integer(3)] ?? 'wrong' }
  }
}

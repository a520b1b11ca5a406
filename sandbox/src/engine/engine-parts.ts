import type { Clock } from './clock.ts'
import type { TargetRule } from './delivery/target.ts'
import type { EventHub } from './event-hub.ts'
import type { FaultPlan } from './fault/fault-preset.ts'
import type { Store } from './store/store.ts'

/** What the parts of an engine share. */
export interface EngineParts {
  readonly store: Store
  readonly clock: Clock
  readonly events: EventHub
  readonly rule: TargetRule
  /** Waits before each attempt, ms. */
  readonly schedule: readonly number[]
  /** Where services send their callbacks. */
  readonly callbackUrl: () => string
  /** The trouble there is now, if any. */
  readonly faults: () => FaultPlan | null
  readonly ids: IdSource
  /** Looks for what is due. */
  readonly wake: () => void
}

/** Gives numbers and ids that are free. */
export interface IdSource {
  /** @param wanted one that a caller asks for */
  application(wanted?: number): number
  delivery(): { readonly sequence: number; readonly id: string }
}

import type { Capability } from './capability-name.ts'
import type { CheckContext } from './check-context.ts'
import type { Expectation } from './expect/expectation.ts'
import { type Localised, localised } from './localised.ts'
import type { RuleId } from './rules.ts'

/** MUST is what every service has to hold; SHOULD is what the predecessors do in another way. */
export type Level = 'MUST' | 'SHOULD'

/** What a check found; lists may be nested. */
export type Findings = readonly (Expectation | readonly Expectation[])[]

/** One promise of the contract, as something that can be tried out. */
export interface Check {
  /** Kebab case, beginning with its area. */
  readonly id: string
  readonly area: string
  readonly level: Level
  readonly rule: RuleId
  readonly title: Localised
  readonly needs: readonly Capability[]
  readonly hint: Localised | undefined
  readonly run: (ctx: CheckContext) => Promise<Findings>
}

/** A check as it is written down in its area. */
export interface CheckDraft {
  readonly id: string
  /** @default 'MUST' */
  readonly level?: Level
  /** @default the area's */
  readonly rule?: RuleId
  /** Korean and English. */
  readonly title: readonly [ko: string, en: string]
  /** Beside those of the area. @default none */
  readonly needs?: readonly Capability[]
  /** What to look at when it fails, Korean and English. @default advice by kind of failure */
  readonly hint?: readonly [ko: string, en: string]
  readonly run: (ctx: CheckContext) => Promise<Findings> | Findings
}

/** What the checks of an area have in common. */
export interface AreaDefaults {
  readonly rule: RuleId
  readonly needs: readonly Capability[]
}

/** Completes the checks of an area. */
export function defineArea(
  area: string,
  { rule, needs }: AreaDefaults,
  drafts: readonly CheckDraft[],
): readonly Check[] {
  return Object.freeze(
    drafts.map((draft) =>
      Object.freeze({
        id: draft.id,
        area,
        level: draft.level ?? 'MUST',
        rule: draft.rule ?? rule,
        title: localised(...draft.title),
        needs: Object.freeze([...needs, ...(draft.needs ?? [])]),
        hint: draft.hint && localised(...draft.hint),
        run: async (ctx: CheckContext) => draft.run(ctx),
      }),
    ),
  )
}

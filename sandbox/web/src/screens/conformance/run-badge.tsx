import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { conformanceText } from './conformance-text.ts'

/** A run of the tester. */
export type Run = Outputs['conformance']['listRuns']['runs'][number]

/** A run with its checks. */
export type RunDetails = Outputs['conformance']['getRun']

/** What became of a check. */
export type CheckResult = Outputs['conformance']['getRun']['results'][number]

const looks: Readonly<Record<Run['state'], readonly [Tone, IconName]>> = {
  running: ['accent', 'play'],
  passed: ['good', 'check'],
  failed: ['bad', 'cross'],
  untested: ['idle', 'dash'],
  cancelled: ['idle', 'stop'],
  interrupted: ['idle', 'stop'],
  error: ['bad', 'faults'],
}

/** How a run stands. */
export function RunBadge({ state }: Pick<Run, 'state'>) {
  const text = useText(conformanceText)
  const [tone, icon] = looks[state]
  return (
    <Badge tone={tone} icon={icon}>
      {text.states[state]}
    </Badge>
  )
}

const outcomes: Readonly<Record<CheckResult['outcome'], readonly [Tone, IconName]>> = {
  pass: ['good', 'check'],
  fail: ['bad', 'cross'],
  skip: ['idle', 'dash'],
}

/** What became of a check. */
export function OutcomeBadge({ outcome }: Pick<CheckResult, 'outcome'>) {
  const text = useText(conformanceText)
  const [tone, icon] = outcomes[outcome]
  return (
    <Badge tone={tone} icon={icon}>
      {text.outcomes[outcome]}
    </Badge>
  )
}

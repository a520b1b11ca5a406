import { useCallback } from 'react'
import { useText } from '../text/use-text.ts'
import { wordText } from '../text/word-text.ts'
import { Badge, type Tone } from './badge.tsx'
import type { IconName } from './icon.tsx'

const looks: Readonly<Record<string, readonly [Tone, IconName]>> = {
  waiting: ['warn', 'clock'],
  sending: ['accent', 'send'],
  delivered: ['good', 'check'],
  succeeded: ['good', 'check'],
  completed: ['good', 'check'],
  accepted: ['good', 'check'],
  failed: ['bad', 'cross'],
  refused: ['bad', 'cross'],
  malformed: ['bad', 'cross'],
  stopped: ['idle', 'stop'],
  interrupted: ['idle', 'stop'],
  pending: ['idle', 'clock'],
  sent: ['accent', 'send'],
  unchecked: ['idle', 'dash'],
  repeated: ['idle', 'retry'],
}

interface StateBadgeProps<TState extends string> {
  readonly of: TState
  readonly names: Readonly<Record<TState, string>>
}

/** A state of something in the market. */
export function StateBadge<TState extends string>({ of, names }: StateBadgeProps<TState>) {
  const [tone, icon] = looks[of] ?? (['idle', 'dash'] as const)
  return (
    <Badge tone={tone} icon={icon}>
      {names[of]}
    </Badge>
  )
}

/** The state of a delivery. */
export function DeliveryStateBadge({ state }: { readonly state: keyof (typeof wordText)['en']['deliveryStates'] }) {
  return <StateBadge of={state} names={useText(wordText).deliveryStates} />
}

/** The state of an application. */
export function ApplicationStateBadge({
  state,
}: {
  readonly state: keyof (typeof wordText)['en']['applicationStates']
}) {
  return <StateBadge of={state} names={useText(wordText).applicationStates} />
}

/** Why something failed, in words where they are known. */
export function useReason(): (reason: string) => string {
  const reasons: Readonly<Record<string, string>> = useText(wordText).failures
  return useCallback((reason) => reasons[reason] ?? reason, [reasons])
}

import { useText } from '../../text/use-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { applicationText, type MarketState } from './application-text.ts'

const looks: Readonly<Record<MarketState, readonly [Tone, IconName]>> = {
  submitted: ['accent', 'applications'],
  provisioning: ['warn', 'clock'],
  provisioned: ['good', 'check'],
  failed: ['bad', 'cross'],
  rejected: ['idle', 'cross'],
  withdrawn: ['idle', 'dash'],
}

/** Where an application stands. */
export function MarketStateBadge({ state }: { readonly state: MarketState }) {
  const [tone, icon] = looks[state]
  return (
    <Badge tone={tone} icon={icon}>
      {useText(applicationText).states[state]}
    </Badge>
  )
}

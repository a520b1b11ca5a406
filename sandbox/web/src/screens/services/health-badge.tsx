import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { servicesText } from './services-text.ts'

type Health = Outputs['market']['getService']['health']

const looks: Readonly<Record<NonNullable<Health>['status'] | 'unknown', readonly [Tone, IconName]>> = {
  healthy: ['good', 'check'],
  degraded: ['warn', 'clock'],
  unhealthy: ['bad', 'cross'],
  unreachable: ['bad', 'cross'],
  unknown: ['idle', 'dash'],
}

/** How a service was when it was last looked at. */
export function HealthBadge({ health }: { readonly health: Health }) {
  const text = useText(servicesText)
  const status = health?.status ?? 'unknown'
  const [tone, icon] = looks[status]
  return (
    <Badge tone={tone} icon={icon}>
      {text.health[status]}
    </Badge>
  )
}

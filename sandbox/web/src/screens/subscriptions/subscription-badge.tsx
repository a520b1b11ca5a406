import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { subscriptionsText } from './subscriptions-text.ts'

type Status = Outputs['market']['getSubscription']['status']

const looks: Readonly<Record<Status, readonly [Tone, IconName]>> = {
  active: ['good', 'check'],
  suspended: ['warn', 'stop'],
  expired: ['idle', 'clock'],
  cancelled: ['idle', 'cross'],
}

/** How a subscription stands. */
export function SubscriptionBadge({ status }: { readonly status: Status }) {
  const text = useText(subscriptionsText)
  const [tone, icon] = looks[status]
  return (
    <Badge tone={tone} icon={icon}>
      {text.statuses[status]}
    </Badge>
  )
}

import { Link } from 'wouter'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { FactList } from '../../ui/fact-list.tsx'
import type { Delivery } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'

/** What a delivery is, in short. */
export function DeliveryFacts({ delivery, application }: Delivery) {
  const text = useText(deliveryText).facts
  const words = useText(wordText)
  const format = useFormat()
  const now = useNow()
  const { application_id: id, next_attempt_at: next, finished_at: finished } = delivery
  const facts = [
    { name: text.service, value: delivery.service ?? '–' },
    { name: text.source, value: words.sources[delivery.source] },
    { name: text.shape, value: words.shapes[delivery.shape] },
    { name: text.application, value: id === null ? '–' : <Link href={`/applications/${id}`}>#{id}</Link> },
    ...(application?.tenant_id
      ? [{ name: text.tenant, value: <span className="mono">{application.tenant_id}</span> }]
      : []),
    { name: text.attempts, value: format.number(delivery.attempts) },
    { name: text.created, value: format.dateTime(delivery.created_at) },
    ...(finished === null ? [] : [{ name: text.finished, value: format.dateTime(finished) }]),
    ...(next === null ? [] : [{ name: text.next, value: format.relative(next, now) }]),
    { name: text.target, value: <span className="mono">{delivery.url}</span> },
  ]
  return (
    <div className="panel facts-panel">
      <FactList facts={facts} />
    </div>
  )
}

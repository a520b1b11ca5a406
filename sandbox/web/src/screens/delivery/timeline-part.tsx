import { Fragment, type ReactNode } from 'react'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ApplicationStateBadge, StateBadge, useReason } from '../../ui/state-badge.tsx'
import type { AttemptView, Delivery } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'

interface Moment {
  readonly key: string
  readonly at: string
  readonly icon: IconName
  readonly tone: 'good' | 'bad' | 'warn' | 'idle'
  readonly title: string
  readonly body: ReactNode
}

/** From the webhook over its attempts and the callback to where the application stands, on one line. */
export function TimelinePart({ delivery, application }: Delivery) {
  const text = useText(deliveryText).timeline
  const words = useText(wordText)
  const format = useFormat()
  const now = useNow()
  const made: Moment = {
    key: 'made',
    at: delivery.created_at,
    icon: 'send',
    tone: 'idle',
    title: text.made,
    body: `${words.sources[delivery.source]} · ${words.shapes[delivery.shape]}`,
  }
  const attempts = delivery.attempts_made.map(
    (attempt): Moment => ({
      key: `attempt-${attempt.id}`,
      at: attempt.started_at,
      icon: attempt.state === 'succeeded' ? 'check' : attempt.state === 'failed' ? 'cross' : 'clock',
      tone: attempt.state === 'succeeded' ? 'good' : attempt.state === 'failed' ? 'bad' : 'idle',
      title: text.attempt(attempt.number) + (attempt.copy > 0 ? `, ${text.copy(attempt.copy)}` : ''),
      body: <AttemptLine attempt={attempt} />,
    }),
  )
  const callbacks = (application?.callbacks ?? []).map(
    (callback): Moment => ({
      key: `callback-${callback.id}`,
      at: callback.received_at,
      icon: 'outbox',
      tone: callback.verdict === 'refused' || callback.verdict === 'malformed' ? 'bad' : 'good',
      title: text.callback,
      body: <StateBadge of={callback.verdict} names={words.verdicts} />,
    }),
  )
  const moments = [made, ...attempts, ...callbacks].sort((a, b) => a.at.localeCompare(b.at))
  const { next_attempt_at: next } = delivery
  return (
    <ol className="timeline" aria-label={text.label}>
      {moments.map(({ key, ...moment }) => (
        <TimelineItem key={key} {...moment} time={format.dateTime(moment.at)} />
      ))}
      {next !== null && (
        <TimelineItem
          at={next}
          icon="clock"
          tone="warn"
          title={text.due}
          body={format.relative(next, now)}
          time={format.dateTime(next)}
        />
      )}
      {application && (
        <TimelineItem
          at={application.updated_at}
          icon="applications"
          tone={application.status === 'completed' ? 'good' : application.status === 'failed' ? 'bad' : 'idle'}
          title={`${text.application} #${application.id}`}
          body={<ApplicationStateBadge state={application.status} />}
          time={format.dateTime(application.updated_at)}
        />
      )}
    </ol>
  )
}

interface TimelineItemProps extends Omit<Moment, 'key'> {
  readonly time: string
}

function TimelineItem({ at, icon, tone, title, body, time }: TimelineItemProps) {
  return (
    <li className={`timeline-item timeline-${tone}`}>
      <span className="timeline-dot">
        <Icon name={icon} size={14} />
      </span>
      <div>
        <p className="timeline-title">{title}</p>
        <div className="muted">{body}</div>
      </div>
      <time className="muted nowrap" dateTime={at}>
        {time}
      </time>
    </li>
  )
}

function AttemptLine({ attempt }: { readonly attempt: AttemptView }) {
  const text = useText(deliveryText).timeline
  const format = useFormat()
  const reasonOf = useReason()
  const { response, reason, error, fault, duration_ms: duration } = attempt
  const parts = [
    response ? `HTTP ${response.status}` : text.noAnswer,
    duration !== null && format.duration(duration),
    reason !== null && reasonOf(reason),
    error,
    fault !== null && text.onPurpose(fault),
  ].filter((part): part is string => typeof part === 'string')
  return parts.map((part, index) => (
    <Fragment key={part}>
      {index > 0 && ' · '}
      {part}
    </Fragment>
  ))
}

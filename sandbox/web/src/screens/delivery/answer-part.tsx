import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { toldInPlace } from '../../ui/error-message.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge, useReason } from '../../ui/state-badge.tsx'
import { BodyView } from './body-view.tsx'
import type { AttemptView } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'
import { HeaderTable } from './header-table.tsx'

/** What came back, held against the contract. */
export function AnswerPart({ attempt }: { readonly attempt: AttemptView }) {
  const text = useText(deliveryText)
  const words = useText(wordText)
  const format = useFormat()
  const reasonOf = useReason()
  const { response, reason, error, duration_ms: duration } = attempt
  if (!response) {
    const says = [reason && reasonOf(reason), error].filter(Boolean).join(' · ')
    return <EmptyState icon="faults" title={text.answer.none} hint={says} />
  }
  const facts = [
    { name: text.answer.status, value: `HTTP ${response.status}` },
    { name: text.columns.state, value: <StateBadge of={attempt.state} names={words.attemptStates} /> },
    { name: text.answer.duration, value: duration === null ? '–' : format.duration(duration) },
    ...(reason === null ? [] : [{ name: text.columns.reason, value: reasonOf(reason) }]),
  ]
  const isFit = response.findings.every(({ ok }) => ok)
  return (
    <>
      <div className="panel facts-panel">
        <FactList facts={facts} />
      </div>
      <Panel
        title={text.answer.verdict}
        note={text.answer.verdictNote}
        actions={<Badge tone={isFit ? 'good' : 'bad'}>{isFit ? text.answer.ok : text.answer.bad}</Badge>}
      >
        <ul className="findings">
          {response.findings.map(({ ok, at, says }) => (
            <li key={`${at} ${says}`} className={ok ? 'finding-ok' : 'finding-bad'}>
              <Icon name={ok ? 'check' : 'cross'} size={14} />
              <span className="visually-hidden">{ok ? text.answer.ok : text.answer.bad}: </span>
              <code>{at}</code>
              <span>{toldInPlace({ message: says })}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <BodyView body={response.body} base64={response.body_base64} />
      <HeaderTable title={text.headersReceived} headers={response.headers} />
    </>
  )
}

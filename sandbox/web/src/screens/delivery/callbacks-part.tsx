import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { BodyView } from './body-view.tsx'
import type { ApplicationDetail } from './delivery.ts'
import { deliveryText } from './delivery-text.ts'
import { HeaderTable } from './header-table.tsx'

/** What the service sent back on its own. */
export function CallbacksPart({ callbacks }: Pick<ApplicationDetail, 'callbacks'>) {
  const text = useText(deliveryText)
  const words = useText(wordText)
  const format = useFormat()
  if (callbacks.length === 0) {
    return <EmptyState icon="outbox" title={text.callbacks.none} hint={text.callbacks.noneHint} />
  }
  return callbacks.map((callback) => (
    <section key={callback.id} className="stack">
      <div className="panel facts-panel">
        <FactList
          facts={[
            { name: text.columns.state, value: <StateBadge of={callback.verdict} names={words.verdicts} /> },
            { name: text.callbacks.received, value: format.dateTime(callback.received_at) },
            { name: text.callbacks.answered, value: `HTTP ${callback.answer.status}` },
            { name: text.facts.tenant, value: callback.tenant_id ?? '–' },
          ]}
        />
      </div>
      <BodyView body={callback.body} base64={callback.body_base64} />
      <HeaderTable title={text.headersReceived} headers={callback.headers} />
      <CodeBlock label={text.callbacks.answered} text={callback.answer.body} />
    </section>
  ))
}

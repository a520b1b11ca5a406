import { Link } from 'wouter'
import type { Outputs } from '../../api/router.ts'
import { useNow } from '../../live/use-now.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useReason } from '../../ui/state-badge.tsx'
import { overviewText } from './overview-text.ts'

interface WaitingRetriesProps {
  readonly waiting: Outputs['market']['overview']['waiting']['next']
}

/** Deliveries that are tried again, with the time until then. */
export function WaitingRetries({ waiting }: WaitingRetriesProps) {
  const text = useText(overviewText)
  const format = useFormat()
  const now = useNow()
  const reasonOf = useReason()
  return (
    <Panel title={text.waiting} flush>
      {waiting.length === 0 ? (
        <EmptyState icon="clock" title={text.noWaiting} hint={text.noWaitingHint} />
      ) : (
        <DataTable
          caption={text.waiting}
          rows={waiting}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'id',
              head: text.columns.delivery,
              cell: ({ id }) => (
                <Link className="row-link mono" href={`/deliveries/${encodeURIComponent(id)}`}>
                  {id}
                </Link>
              ),
            },
            { key: 'reason', head: text.columns.reason, cell: ({ reason }) => (reason ? reasonOf(reason) : '–') },
            {
              key: 'attempt',
              head: text.columns.attempt,
              align: 'end',
              cell: ({ attempts }) => attempts + 1,
              priority: 1,
            },
            {
              key: 'due',
              head: text.columns.due,
              align: 'end',
              cell: ({ next_attempt_at: at }) =>
                at === null ? '–' : <time dateTime={at}>{format.relative(at, now)}</time>,
            },
          ]}
        />
      )}
    </Panel>
  )
}

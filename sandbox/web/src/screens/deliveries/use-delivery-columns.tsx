import { useMemo } from 'react'
import { Link } from 'wouter'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DeliveryStateBadge, useReason } from '../../ui/state-badge.tsx'
import { deliveriesText } from './deliveries-text.ts'
import type { LoggedDelivery } from './delivery-log.ts'

interface Selection {
  readonly selected: ReadonlySet<string>
  readonly toggle: (id: string) => void
}

/** Columns of the log. */
export function useDeliveryColumns({ selected, toggle }: Selection): readonly Column<LoggedDelivery>[] {
  const text = useText(deliveriesText)
  const format = useFormat()
  const reasonOf = useReason()
  return useMemo(() => {
    const { columns } = text
    return [
      {
        key: 'select',
        head: <span className="visually-hidden">{columns.select}</span>,
        width: '48px',
        cell: ({ id }) => (
          <input
            type="checkbox"
            className="checkbox"
            aria-label={text.select(id)}
            checked={selected.has(id)}
            onChange={() => toggle(id)}
          />
        ),
      },
      { key: 'state', head: columns.state, width: '112px', cell: ({ state }) => <DeliveryStateBadge state={state} /> },
      {
        key: 'delivery',
        head: columns.delivery,
        cell: ({ id }) => (
          <Link className="row-link mono" href={`/deliveries/${encodeURIComponent(id)}`}>
            {id}
          </Link>
        ),
      },
      { key: 'university', head: columns.university, priority: 2, cell: ({ university }) => university ?? '–' },
      { key: 'service', head: columns.service, priority: 1, width: '88px', cell: ({ service }) => service ?? '–' },
      {
        key: 'status',
        head: columns.status,
        align: 'end',
        width: '64px',
        cell: ({ status_code: status }) => status ?? '–',
      },
      {
        key: 'duration',
        head: columns.duration,
        align: 'end',
        priority: 1,
        width: '88px',
        cell: ({ duration_ms: ms }) => (ms === null ? '–' : format.duration(ms)),
      },
      {
        key: 'attempts',
        head: columns.attempts,
        align: 'end',
        priority: 2,
        width: '76px',
        cell: ({ attempts }) => attempts,
      },
      {
        key: 'reason',
        head: columns.reason,
        priority: 1,
        width: '136px',
        cell: ({ reason }) => (reason ? reasonOf(reason) : '–'),
      },
      {
        key: 'made',
        head: columns.made,
        align: 'end',
        priority: 1,
        width: '156px',
        cell: ({ created_at: at }) => <time dateTime={at}>{format.dateTime(at)}</time>,
      },
    ]
  }, [text, format, reasonOf, selected, toggle])
}

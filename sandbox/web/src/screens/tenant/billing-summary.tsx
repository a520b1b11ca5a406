import { Link } from 'wouter'
import type { Outputs } from '../../api/router.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { tenantPath } from '../subscriptions/tenant-path.ts'
import { tenantText } from './tenant-text.ts'
import { useServiceTitle } from './use-service-title.ts'

interface BillingSummaryProps {
  readonly summary: Outputs['tenant']['billingSummary']
}

/** What all services charge; those without a bill are named and never counted as nothing. */
export function BillingSummary({ summary }: BillingSummaryProps) {
  const text = useText(tenantText).billing
  const { columns } = text
  const format = useFormat()
  const titleOf = useServiceTitle()
  const { period, services, totals, missing } = summary
  return (
    <TablePanel
      title={text.summary}
      note={text.summaryNote(format.month(period))}
      file={`billing-${period}`}
      rows={services}
      keyOf={({ service, tenant_id }) => `${service}/${tenant_id}`}
      empty={<EmptyState icon="applications" title={text.noItems} />}
      columns={[
        {
          key: 'service',
          head: columns.service,
          cell: (row) => (
            <Link className="row-link" href={`${tenantPath(row)}?tab=billing&month=${period}`}>
              {titleOf(row.service)}
            </Link>
          ),
          value: ({ service }) => service,
        },
        {
          key: 'tenant',
          head: columns.tenant,
          cell: ({ tenant_id }) => <span className="mono">{tenant_id}</span>,
          value: ({ tenant_id }) => tenant_id,
          priority: 1,
        },
        {
          key: 'source',
          head: columns.source,
          cell: ({ source }) => text.sources[source],
          value: ({ source }) => source,
          priority: 1,
        },
        {
          key: 'cost',
          head: columns.cost,
          align: 'end',
          cell: ({ cost, currency }) => <span className="amount">{format.money(Number(cost), currency)}</span>,
          value: ({ cost, currency }) => `${cost} ${currency}`,
        },
      ]}
    >
      {missing.length > 0 && (
        <ul className="missing" role="status">
          {missing.map(({ service, tenant_id, code, message }) => (
            <li key={`${service}/${tenant_id}`}>
              <Icon name="faults" />
              <span>
                <strong>{text.missing(titleOf(service))}</strong> {message} <span className="mono">{code}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <dl className="totals">
        {Object.entries(totals).map(([currency, amount]) => (
          <div key={currency}>
            <dt>{text.total(currency)}</dt>
            <dd>{format.money(Number(amount), currency)}</dd>
          </div>
        ))}
      </dl>
    </TablePanel>
  )
}

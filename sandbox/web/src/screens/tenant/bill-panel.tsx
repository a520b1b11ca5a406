import type { Outputs } from '../../api/router.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { tenantText } from './tenant-text.ts'
import { useServiceTitle } from './use-service-title.ts'

interface BillPanelProps {
  readonly bill: Outputs['tenant']['billing']
  /** Slug. */
  readonly service: string
}

/** The bill of one service, line by line. */
export function BillPanel({ bill, service }: BillPanelProps) {
  const text = useText(tenantText).billing
  const { columns } = text
  const format = useFormat()
  const titleOf = useServiceTitle()
  const { items, subtotal, tax, total, currency, period, tenant_id } = bill
  const money = (amount: number) => <span className="amount">{format.money(amount, currency)}</span>
  return (
    <TablePanel
      title={text.bill(titleOf(service))}
      file={`bill-${service}-${tenant_id}-${period}`}
      rows={items}
      keyOf={({ name, unit }) => `${name}/${unit}`}
      empty={<EmptyState icon="applications" title={text.noItems} />}
      columns={[
        { key: 'name', head: columns.name, cell: ({ name }) => name, value: ({ name }) => name },
        {
          key: 'quantity',
          head: columns.quantity,
          align: 'end',
          cell: ({ quantity, unit }) => `${format.exact(quantity)} × ${unit}`,
          value: ({ quantity }) => quantity,
        },
        {
          key: 'price',
          head: columns.price,
          align: 'end',
          cell: ({ unit_price }) => money(unit_price),
          value: ({ unit_price }) => unit_price,
          priority: 1,
        },
        {
          key: 'amount',
          head: columns.amount,
          align: 'end',
          cell: ({ amount }) => money(amount),
          value: ({ amount }) => amount,
        },
      ]}
    >
      <dl className="totals">
        <div>
          <dt>{text.subtotal}</dt>
          <dd>{money(subtotal)}</dd>
        </div>
        <div>
          <dt>{text.tax}</dt>
          <dd>{money(tax)}</dd>
        </div>
        <div>
          <dt>{text.totalOfBill}</dt>
          <dd>{money(total)}</dd>
        </div>
      </dl>
    </TablePanel>
  )
}

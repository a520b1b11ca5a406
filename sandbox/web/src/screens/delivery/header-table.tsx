import { useText } from '../../text/use-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { deliveryText } from './delivery-text.ts'

interface HeaderTableProps {
  readonly title: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
}

/** Headers, in their order and with their very names. */
export function HeaderTable({ title, headers }: HeaderTableProps) {
  const text = useText(deliveryText)
  const rows = Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map((value, index) => ({ key: `${name}-${index}`, name, value })),
  )
  return (
    <Panel title={title} flush>
      <DataTable
        caption={title}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          {
            key: 'name',
            head: text.name,
            cell: ({ name }) => <span className="mono nowrap">{name}</span>,
            width: '34%',
          },
          { key: 'value', head: text.value, cell: ({ value }) => <span className="mono">{value}</span> },
        ]}
      />
    </Panel>
  )
}

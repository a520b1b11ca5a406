import type { Outputs } from '../../api/router.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { tenantText } from './tenant-text.ts'

interface UsagePanelProps {
  readonly usage: Outputs['tenant']['usage']
}

/** What was used in a month, with the metrics that a service adds of its own. */
export function UsagePanel({ usage: { usage, tenant_id, period } }: UsagePanelProps) {
  const text = useText(tenantText).billing
  const { columns } = text
  const names: Readonly<Record<string, string>> = text.usageNames
  const format = useFormat()
  const rows = Object.entries(usage).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [{ name, value: typeof value === 'number' ? value : String(value) }],
  )
  return (
    <TablePanel
      title={text.usage}
      file={`usage-${tenant_id}-${period}`}
      rows={rows}
      keyOf={({ name }) => name}
      empty={<EmptyState icon="chart" title={text.noUsage} />}
      columns={[
        { key: 'name', head: columns.metric, cell: ({ name }) => names[name] ?? name, value: ({ name }) => name },
        {
          key: 'value',
          head: columns.value,
          align: 'end',
          cell: ({ value }) => (typeof value === 'number' ? format.exact(value) : value),
          value: ({ value }) => value,
        },
      ]}
    />
  )
}

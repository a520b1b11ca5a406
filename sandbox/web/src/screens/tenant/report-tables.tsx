import type { Outputs } from '../../api/router.ts'
import { ChartPanel } from '../../chart/chart-panel.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { tenantText } from './tenant-text.ts'

interface DayBarsProps {
  readonly days: readonly { readonly date: string; readonly messages: number }[]
}

/** Messages by day as bars that can be printed. */
export function DayBars({ days }: DayBarsProps) {
  const text = useText(tenantText)
  const format = useFormat()
  const most = Math.max(1, ...days.map(({ messages }) => messages))
  const busiest = days.find(({ messages }) => messages === most)
  const label = `${text.report.activity}: ${text.columns.messages}`
  if (days.length === 0) return null
  return (
    <ChartPanel
      title={label}
      note={busiest && `${format.date(busiest.date)}: ${format.number(busiest.messages)}`}
      file="messages-by-day"
      rows={days}
      columns={[
        { head: text.columns.date, value: ({ date }) => date, shown: ({ date }) => format.date(date) },
        {
          head: text.columns.messages,
          value: ({ messages }) => messages,
          shown: ({ messages }) => format.number(messages),
        },
      ]}
    >
      <div className="day-bars" role="img" aria-label={label}>
        {days.map(({ date, messages }) => (
          <span key={date} className="day-bar">
            <span style={{ height: `${(100 * messages) / most}%` }} />
            <span className="day-name">{Number(date.slice(-2))}</span>
          </span>
        ))}
      </div>
    </ChartPanel>
  )
}

/** Costs by model. */
export function CostsTable({ costs }: { readonly costs: Outputs['tenant']['costs'] }) {
  const text = useText(tenantText)
  const { columns } = text
  const format = useFormat()
  return (
    <TablePanel
      title={text.costsByModel}
      file={`costs-by-model-${costs.tenant_id}-${costs.period}`}
      rows={costs.by_model}
      keyOf={({ model }) => model}
      empty={<EmptyState icon="chart" title={text.noActivity} />}
      columns={[
        { key: 'model', head: columns.model, cell: ({ model }) => model, value: ({ model }) => model },
        {
          key: 'input',
          head: columns.input,
          align: 'end',
          cell: ({ input_tokens }) => format.number(input_tokens),
          value: ({ input_tokens }) => input_tokens,
        },
        {
          key: 'output',
          head: columns.output,
          align: 'end',
          cell: ({ output_tokens }) => format.number(output_tokens),
          value: ({ output_tokens }) => output_tokens,
        },
        {
          key: 'cost',
          head: columns.cost,
          align: 'end',
          cell: ({ cost_usd }) => format.cost(cost_usd),
          value: ({ cost_usd }) => cost_usd,
        },
      ]}
    />
  )
}

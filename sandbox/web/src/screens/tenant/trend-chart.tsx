import { useMemo } from 'react'
import type { Outputs } from '../../api/router.ts'
import { ChartPanel } from '../../chart/chart-panel.tsx'
import { LazyTimeChart } from '../../chart/lazy-time-chart.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/field.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { tenantText } from './tenant-text.ts'

const metrics = ['messages', 'tokens', 'users'] as const

/** What people did, day by day. */
export function TrendChart({ stats }: { readonly stats: Outputs['tenant']['stats'] }) {
  const text = useText(tenantText)
  const format = useFormat()
  const [address, change] = useAddressState()
  const metric = oneOf(metrics, address.get('metric')) ?? 'messages'
  const days = useMemo(() => stats.trends?.daily ?? Object.values(stats.trends ?? {})[0] ?? [], [stats])
  const times = useMemo(() => days.map(({ date }) => Date.parse(`${date}T00:00:00Z`)), [days])
  const name = text.metrics[metric]
  const series = useMemo(
    () =>
      [
        {
          label: name,
          colour: '--chart-accent',
          kind: 'stacked',
          values: days.map((day) => day[metric]),
        },
      ] as const,
    [days, metric, name],
  )
  const choices = metrics.map((value) => ({ value, label: text.metrics[value] }))
  return (
    <ChartPanel
      title={text.trend}
      file={`trend-${stats.tenant_id}-${stats.period}`}
      rows={days}
      columns={[
        { head: text.columns.date, value: ({ date }) => date, shown: ({ date }) => format.date(date) },
        { head: text.columns.users, value: ({ users }) => users, shown: ({ users }) => format.number(users) },
        {
          head: text.columns.messages,
          value: ({ messages }) => messages,
          shown: ({ messages }) => format.number(messages),
        },
        { head: text.columns.tokens, value: ({ tokens }) => tokens, shown: ({ tokens }) => format.number(tokens) },
      ]}
    >
      {days.length === 0 ? (
        <EmptyState icon="chart" title={text.noTrend} />
      ) : (
        <>
          <div className="chart-choice">
            <Segmented
              label={text.metric}
              value={metric}
              choices={choices}
              onChoose={(value) => change({ metric: value === 'messages' ? undefined : value })}
            />
          </div>
          <LazyTimeChart label={text.trendChart(name)} times={times} series={series} formatValue={format.number} />
        </>
      )}
    </ChartPanel>
  )
}

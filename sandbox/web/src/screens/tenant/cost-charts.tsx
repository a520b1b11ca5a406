import { useMemo } from 'react'
import type { Outputs } from '../../api/router.ts'
import { BarList } from '../../chart/bar-list.tsx'
import { ChartPanel } from '../../chart/chart-panel.tsx'
import { LazyTimeChart } from '../../chart/lazy-time-chart.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { tenantText } from './tenant-text.ts'

interface CostsProps {
  readonly costs: Outputs['tenant']['costs']
}

/** What a tenant costs: by day, by model and by user. */
export const CostCharts = Object.freeze({ Daily, ByModel, ByUser })

function Daily({ costs: { daily_trend: days, tenant_id, period } }: CostsProps) {
  const text = useText(tenantText)
  const format = useFormat()
  const times = useMemo(() => days.map(({ date }) => Date.parse(`${date}T00:00:00Z`)), [days])
  const series = useMemo(
    () =>
      [
        {
          label: text.columns.cost,
          colour: '--chart-second',
          kind: 'stacked',
          values: days.map(({ cost_usd }) => cost_usd),
        },
      ] as const,
    [days, text],
  )
  return (
    <ChartPanel
      title={text.costs}
      file={`costs-by-day-${tenant_id}-${period}`}
      rows={days}
      columns={[
        { head: text.columns.date, value: ({ date }) => date, shown: ({ date }) => format.date(date) },
        {
          head: text.columns.cost,
          value: ({ cost_usd }) => cost_usd,
          shown: ({ cost_usd }) => format.cost(cost_usd),
        },
      ]}
    >
      {days.length === 0 ? (
        <NoActivity />
      ) : (
        <LazyTimeChart label={text.costs} times={times} series={series} formatValue={format.cost} />
      )}
    </ChartPanel>
  )
}

function ByModel({ costs: { by_model: models, tenant_id, period } }: CostsProps) {
  const text = useText(tenantText)
  const format = useFormat()
  const { columns } = text
  return (
    <ChartPanel
      title={text.costsByModel}
      file={`costs-by-model-${tenant_id}-${period}`}
      rows={models}
      columns={[
        { head: columns.model, value: ({ model }) => model },
        {
          head: columns.input,
          value: ({ input_tokens }) => input_tokens,
          shown: ({ input_tokens }) => format.number(input_tokens),
        },
        {
          head: columns.output,
          value: ({ output_tokens }) => output_tokens,
          shown: ({ output_tokens }) => format.number(output_tokens),
        },
        { head: columns.cost, value: ({ cost_usd }) => cost_usd, shown: ({ cost_usd }) => format.cost(cost_usd) },
      ]}
    >
      {models.length === 0 ? (
        <NoActivity />
      ) : (
        <BarList
          bars={models.map(({ model, cost_usd }) => ({ key: model, label: model, value: cost_usd }))}
          formatValue={format.cost}
          colour="--chart-second"
        />
      )}
    </ChartPanel>
  )
}

function ByUser({ costs: { by_user_top10: users, tenant_id, period } }: CostsProps) {
  const text = useText(tenantText)
  const format = useFormat()
  const { columns } = text
  return (
    <ChartPanel
      title={text.costsByUser}
      file={`costs-by-user-${tenant_id}-${period}`}
      rows={users}
      columns={[
        { head: columns.name, value: ({ name }) => name },
        { head: columns.user, value: ({ user_id }) => user_id },
        { head: columns.tokens, value: ({ tokens }) => tokens, shown: ({ tokens }) => format.number(tokens) },
        { head: columns.cost, value: ({ cost_usd }) => cost_usd, shown: ({ cost_usd }) => format.cost(cost_usd) },
      ]}
    >
      {users.length === 0 ? (
        <NoActivity />
      ) : (
        <BarList
          bars={users.map(({ user_id, name, cost_usd }) => ({ key: user_id, label: name, value: cost_usd }))}
          formatValue={format.cost}
          colour="--chart-second"
        />
      )}
    </ChartPanel>
  )
}

function NoActivity() {
  const text = useText(tenantText)
  return <EmptyState icon="chart" title={text.noActivity} hint={text.noActivityHint} />
}

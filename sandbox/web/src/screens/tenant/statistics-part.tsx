import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Segmented } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { isMonth, monthOf } from '../../ui/month.ts'
import { MonthPicker } from '../../ui/month-picker.tsx'
import { Tile } from '../../ui/tile.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { CostCharts } from './cost-charts.tsx'
import type { TenantPartProps } from './tenant.ts'
import { tenantText } from './tenant-text.ts'
import { TopUsersPanel } from './top-users-panel.tsx'
import { TrendChart } from './trend-chart.tsx'

const spans = ['7d', '30d', '90d', 'month'] as const

/** How much a tenant uses a service, what it costs, and who uses it most. */
export function StatisticsPart({ tenant }: TenantPartProps) {
  const text = useText(tenantText)
  const { tenant: api } = useApi()
  const [address, change] = useAddressState()
  const given = address.get('period')
  const span = isMonth(given) ? 'month' : (oneOf(spans, given) ?? '30d')
  const month = isMonth(given) ? given : monthOf(Date.now())
  const period = span === 'month' ? month : span
  const input = { ...tenant, period }
  const stats = useQuery({ ...api.stats.query(input), placeholderData: keepPreviousData })
  const costs = useQuery({ ...api.costs.query(input), placeholderData: keepPreviousData })
  const choices = spans.map((value) => ({ value, label: text.spans[value] }))
  return (
    <div className="stack">
      <div className="row">
        <Segmented
          label={text.span}
          value={span}
          choices={choices}
          onChoose={(value) => change({ period: value === 'month' ? month : value })}
        />
        {span === 'month' && <MonthPicker value={month} onChoose={(value) => change({ period: value })} />}
      </div>
      <Loaded query={stats} height={110}>
        {({ summary }) => <SummaryTiles summary={summary} />}
      </Loaded>
      <div className="grid-2">
        <Loaded query={stats} height={320}>
          {(data) => <TrendChart stats={data} />}
        </Loaded>
        <Loaded query={costs} height={320}>
          {(data) => <CostCharts.Daily costs={data} />}
        </Loaded>
        <Loaded query={costs} height={220}>
          {(data) => <CostCharts.ByModel costs={data} />}
        </Loaded>
        <Loaded query={costs} height={220}>
          {(data) => <CostCharts.ByUser costs={data} />}
        </Loaded>
      </div>
      <TopUsersPanel tenant={tenant} period={period} />
    </div>
  )
}

/** The totals of a time. */
export function SummaryTiles({ summary }: Pick<Outputs['tenant']['stats'], 'summary'>) {
  const text = useText(tenantText).tiles
  const format = useFormat()
  const { total_users, active_users, new_users_this_period, total_sessions } = summary
  const { total_messages, total_tokens, estimated_cost_usd } = summary
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  return (
    <ul className="tiles stat-tiles">
      <Tile
        name={text.users}
        value={format.number(total_users)}
        note={text.usersNote(format.number(active_users), format.number(new_users_this_period))}
      />
      <Tile name={text.sessions} value={format.number(total_sessions)} />
      <Tile
        name={text.messages}
        value={format.number(total_messages)}
        note={text.perSession(format.number(share(total_messages, total_sessions)))}
      />
      <Tile
        name={text.tokens}
        value={format.number(total_tokens)}
        note={text.perMessage(format.number(share(total_tokens, total_messages)))}
      />
      <Tile
        name={text.cost}
        value={format.cost(estimated_cost_usd)}
        note={text.perUser(format.cost(share(estimated_cost_usd, active_users)))}
      />
    </ul>
  )
}

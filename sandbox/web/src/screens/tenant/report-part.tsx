import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { isMonth, monthOf } from '../../ui/month.ts'
import { MonthPicker } from '../../ui/month-picker.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'
import { BillPanel } from './bill-panel.tsx'
import { BillingSummary } from './billing-summary.tsx'
import { CostsTable, DayBars } from './report-tables.tsx'
import { SummaryTiles } from './statistics-part.tsx'
import type { TenantPartProps } from './tenant.ts'
import { tenantText } from './tenant-text.ts'
import { TopUsersPanel } from './top-users-panel.tsx'
import { UsagePanel } from './usage-panel.tsx'
import { useServiceTitle } from './use-service-title.ts'

/** A month of a tenant on paper. */
export function ReportPart({ tenant }: TenantPartProps) {
  const text = useText(tenantText)
  const { tenant: api } = useApi()
  const [address, change] = useAddressState()
  const given = address.get('month')
  const period = isMonth(given) ? given : monthOf(Date.now())
  const input = { ...tenant, period }
  const stats = useQuery(api.stats.query(input))
  const costs = useQuery(api.costs.query(input))
  const bill = useQuery(api.billing.query(input))
  const usage = useQuery(api.usage.query(input))
  const summary = useQuery(api.billingSummary.query(input))
  return (
    <div className="stack">
      <div className="row report-controls">
        <MonthPicker value={period} onChoose={(month) => change({ month })} />
        <Button kind="primary" icon="print" onClick={() => window.print()}>
          {text.report.print}
        </Button>
      </div>
      <article className="report">
        <ReportHead tenant={tenant} period={period} />
        <Loaded query={stats} height={320}>
          {(data) => (
            <>
              <SummaryTiles summary={data.summary} />
              <DayBars days={data.trends?.daily ?? []} />
            </>
          )}
        </Loaded>
        <div className="report-pair">
          <Loaded query={costs}>{(data) => <CostsTable costs={data} />}</Loaded>
          <Loaded query={usage}>{(data) => <UsagePanel usage={data} />}</Loaded>
        </div>
        <TopUsersPanel tenant={tenant} period={period} />
        <Loaded query={bill}>{(data) => <BillPanel bill={data} service={tenant.service} />}</Loaded>
        <Loaded query={summary}>{(data) => <BillingSummary summary={data} />}</Loaded>
        <p className="muted">{text.report.note}</p>
      </article>
    </div>
  )
}

function ReportHead({ tenant, period }: TenantPartProps & { readonly period: string }) {
  const text = useText(tenantText).report
  const format = useFormat()
  const titleOf = useServiceTitle()
  return (
    <header className="report-head">
      <div>
        <h2>{text.heading(titleOf(tenant.service))}</h2>
        <p className="mono">{tenant.tenant_id}</p>
      </div>
      <div className="report-month">
        <p>{format.month(period)}</p>
        <p className="muted">{text.made(format.date(new Date()))}</p>
      </div>
    </header>
  )
}

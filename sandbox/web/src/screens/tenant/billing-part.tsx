import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { isMonth, monthOf } from '../../ui/month.ts'
import { MonthPicker } from '../../ui/month-picker.tsx'
import { useAddressState } from '../../ui/use-address-state.ts'
import { BillPanel } from './bill-panel.tsx'
import { BillingSummary } from './billing-summary.tsx'
import type { TenantPartProps } from './tenant.ts'
import { UsagePanel } from './usage-panel.tsx'

/** What a tenant used in a month, and what it is charged, at this service and at all of them. */
export function BillingPart({ tenant }: TenantPartProps) {
  const { tenant: api } = useApi()
  const [address, change] = useAddressState()
  const given = address.get('month')
  const period = isMonth(given) ? given : monthOf(Date.now())
  const input = { ...tenant, period }
  const summary = useQuery({ ...api.billingSummary.query(input), placeholderData: keepPreviousData })
  const bill = useQuery({ ...api.billing.query(input), placeholderData: keepPreviousData })
  const usage = useQuery({ ...api.usage.query(input), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <MonthPicker value={period} onChoose={(month) => change({ month })} />
      <Loaded query={summary} height={220}>
        {(data) => <BillingSummary summary={data} />}
      </Loaded>
      <div className="grid-2">
        <Loaded query={bill} height={260}>
          {(data) => <BillPanel bill={data} service={tenant.service} />}
        </Loaded>
        <Loaded query={usage} height={260}>
          {(data) => <UsagePanel usage={data} />}
        </Loaded>
      </div>
    </div>
  )
}

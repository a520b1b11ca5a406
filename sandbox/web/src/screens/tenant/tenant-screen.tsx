import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Outputs } from '../../api/router.ts'
import { useText } from '../../text/use-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { ErrorState, LoadingState } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { tenantPath } from '../subscriptions/tenant-path.ts'
import { BillingPart } from './billing-part.tsx'
import { ReportPart } from './report-part.tsx'
import { ResourcesPart } from './resources-part.tsx'
import { SettingsPart } from './settings-part.tsx'
import { StatisticsPart } from './statistics-part.tsx'
import type { Tenant } from './tenant.ts'
import { tenantText } from './tenant-text.ts'
import { useServiceTitle } from './use-service-title.ts'
import { UsersPart } from './users/users-part.tsx'
import '../overview/overview.css'
import './tenant.css'

const parts = {
  overview: StatisticsPart,
  users: UsersPart,
  resources: ResourcesPart,
  billing: BillingPart,
  settings: SettingsPart,
  report: ReportPart,
} as const
const names = ['overview', 'users', 'resources', 'billing', 'settings', 'report'] as const

interface TenantScreenProps {
  readonly params: { readonly service: string; readonly tenant: string }
}

/** The dashboard of one tenant at one service. */
export function TenantScreen({ params }: TenantScreenProps) {
  const text = useText(tenantText)
  const [address, change] = useAddressState()
  const tenant: Tenant = { service: params.service, tenant_id: plain(params.tenant) }
  const status = useQuery(useApi().tenant.status.query(tenant))
  const titleOf = useServiceTitle()
  const name = oneOf(names, address.get('tab')) ?? 'overview'
  const Part = parts[name]
  return (
    <>
      <PageHeader
        title={tenant.tenant_id}
        beside={status.data && <StatusBadge status={status.data.status} />}
        note={status.data ? `${titleOf(tenant.service)} · ${text.plan(status.data.plan)}` : titleOf(tenant.service)}
      />
      <ServiceSwitch tenant={tenant} />
      {status.isError && <ErrorState error={status.error} onRetry={() => void status.refetch()} />}
      {status.isPending && <LoadingState height={480} />}
      {status.isSuccess && (
        <Tabs
          label={text.tabsLabel}
          tabs={names.map((one) => ({ name: one, label: text.tabs[one] }))}
          current={name}
          onChoose={(tab) => change({ ...FORGOTTEN, tab: tab === 'overview' ? undefined : tab })}
        >
          <Part key={`${tenant.service}/${tenant.tenant_id}`} tenant={tenant} />
        </Tabs>
      )}
    </>
  )
}

/** Filters of one part that mean nothing in the others. */
const FORGOTTEN = { role: undefined, status: undefined, search: undefined, offset: undefined, type: undefined }

/** Characters that an address keeps encoded in a path. */
function plain(segment: string): string {
  return new URLSearchParams(`value=${segment.replaceAll('+', '%2B').replaceAll('&', '%26')}`).get('value') ?? segment
}

const tones: Readonly<Record<string, Tone>> = { active: 'good', provisioning: 'accent', suspended: 'warn' }

function StatusBadge({ status }: Pick<Outputs['tenant']['status'], 'status'>) {
  const statuses: Readonly<Record<string, string>> = useText(tenantText).statuses
  return <Badge tone={tones[status] ?? 'idle'}>{statuses[status] ?? status}</Badge>
}

/** Leads to the same account's tenants at other services. */
function ServiceSwitch({ tenant }: { readonly tenant: Tenant }) {
  const text = useText(tenantText)
  const titleOf = useServiceTitle()
  const search = useSearch()
  const { data } = useQuery({ ...useApi().tenant.siblings.query(tenant), staleTime: 300_000 })
  const tenants = data?.tenants ?? []
  if (tenants.length < 2) return null
  return (
    <nav className="service-switch" aria-label={text.service}>
      {tenants.map((one) => (
        <Link
          key={`${one.service}/${one.tenant_id}`}
          href={`${tenantPath(one)}${search ? `?${search}` : ''}`}
          aria-current={one.service === tenant.service && one.tenant_id === tenant.tenant_id ? 'page' : undefined}
        >
          {titleOf(one.service)}
        </Link>
      ))}
    </nav>
  )
}

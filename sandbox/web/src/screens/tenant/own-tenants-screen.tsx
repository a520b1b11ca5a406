import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { sessionText } from '../../session/session-text.ts'
import { LeadOn } from '../../shell/patient-router.tsx'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SubscriptionBadge } from '../subscriptions/subscription-badge.tsx'
import { tenantPath } from '../subscriptions/tenant-path.ts'
import '../services/services.css'

/** The tenants of who is logged in; a single one is shown at once. */
export function OwnTenantsScreen() {
  const text = useText(sessionText)
  const format = useFormat()
  const language = usePreference('language')
  const me = useQuery(useApi().session.me.query())
  return (
    <Loaded query={me} height={320}>
      {({ tenants }) => {
        const [only] = tenants
        if (only && tenants.length === 1) return <LeadOn to={tenantPath(only)} />
        return (
          <>
            <PageHeader title={text.tenants} />
            {tenants.length === 0 && <EmptyState icon="tenant" title={text.noTenant} hint={text.noTenantHint} />}
            <ul className="service-cards">
              {tenants.map((tenant) => (
                <li key={tenant.subscription_id} className="panel service-card">
                  <div className="service-card-head">
                    <h2>
                      <Link href={tenantPath(tenant)} className="row-link">
                        {tenant.service_title[language]}
                      </Link>
                    </h2>
                    <SubscriptionBadge status={tenant.status} />
                  </div>
                  <p className="mono muted">{tenant.tenant_id}</p>
                  <p className="service-card-foot">
                    {tenant.plan} · {format.date(tenant.end_date)}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )
      }}
    </Loaded>
  )
}

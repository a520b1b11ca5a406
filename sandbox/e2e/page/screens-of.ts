import type { Filled } from './fill-sandbox.ts'
import type { ProvisionedTenant } from './open-tenant-sandbox.ts'

/** Addresses of screens by their names. */
export type Screens = Readonly<Record<string, string>>

/** What the screens of an operator show. */
export interface Shown extends Filled {
  readonly tenant: ProvisionedTenant
  /** Runs of the conformance tester, by their ids. */
  readonly runs: readonly number[]
}

/** Every screen of an operator. */
export function screensOf({ deliveryId, otherId, applicationId, tenant, runs }: Shown): Screens {
  const dashboard = `/tenants/advisor/${tenant.tenantId}`
  return {
    overview: '/',
    services: '/services',
    'services-register': '/services?register=yes',
    service: '/services/advisor',
    tenants: '/tenants',
    tenant: dashboard,
    'tenant-users': `${dashboard}?tab=users`,
    'tenant-resources': `${dashboard}?tab=resources`,
    'tenant-billing': `${dashboard}?tab=billing`,
    'tenant-settings': `${dashboard}?tab=settings`,
    'tenant-report': `${dashboard}?tab=report`,
    conformance: '/conformance',
    'conformance-area': '/conformance?area=health',
    ...Object.fromEntries(runs.map((id, index) => [`conformance-run-${index + 1}`, `/conformance/runs/${id}`])),
    deliveries: '/deliveries',
    'deliveries-filtered': '/deliveries?state=failed',
    'deliveries-empty': '/deliveries?search=nothing-has-this',
    delivery: `/deliveries/${deliveryId}`,
    'delivery-request': `/deliveries/${deliveryId}?tab=request`,
    'delivery-answer': `/deliveries/${deliveryId}?tab=answer`,
    'delivery-attempts': `/deliveries/${deliveryId}?tab=attempts`,
    'delivery-code': `/deliveries/${deliveryId}?tab=code`,
    compare: `/compare?left=${deliveryId}&right=${otherId}`,
    send: '/send',
    'send-application': '/send?mode=application',
    'send-message': '/send?mode=message',
    applications: '/applications',
    application: `/applications/${applicationId}`,
    'application-tenant': `/applications/${tenant.applicationId}`,
    outbox: '/outbox',
    faults: '/faults',
    settings: '/settings',
    reference: '/reference?service=advisor',
    'not-found': '/nothing-is-here',
  }
}

import { fillSandbox } from './fill-sandbox.ts'
import type { PageSandbox } from './open-sandbox.ts'

/** Fills a sandbox, and gives the address of every screen by its name. */
export async function screensOf(sandbox: PageSandbox): Promise<Readonly<Record<string, string>>> {
  const { deliveryId, otherId, applicationId } = await fillSandbox(sandbox)
  return {
    overview: '/',
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
    applications: '/applications',
    application: `/applications/${applicationId}`,
    outbox: '/outbox',
    faults: '/faults',
    settings: '/settings',
  }
}

import { type ApplicationRecord, accountRecord, applicationRecord, subscriptionRecord } from '../engine/entity/index.ts'
import { emailKeyOf } from './accounts.ts'
import type { MarketParts } from './market-parts.ts'
import type { Plan } from './service-manifest.ts'
import { activate } from './tenant-calls.ts'

/**
 * The Standard API knows no applicants: for one who has a tenant at the service already, that tenant is made to work
 * and the application completed with it. False when there is none.
 * @throws ServiceError
 */
export async function reuseTenant(parts: MarketParts, application: ApplicationRecord, plan: Plan): Promise<boolean> {
  const { engine, clients } = parts
  const { id, serviceSlug, applicantEmail } = application
  const em = engine.store.reader()
  const account = await em.findOne(accountRecord, { emailKey: emailKeyOf(applicantEmail) })
  const subscription = account && (await em.findOne(subscriptionRecord, { accountId: account.id, serviceSlug }))
  if (!account || !subscription) return false
  const accessUrl = await activate(await clients.of(serviceSlug), { subscription, account, plan })
  await engine.events.journal(async (inside, tell) => {
    const changed = await inside.findOneOrFail(applicationRecord, { id })
    const { tenantId } = subscription
    const known = accessUrl ?? subscription.accessUrl ?? null
    Object.assign(changed, { tenantId, accessUrl: known, status: 'completed', updatedAt: engine.clock.now() })
    tell('application.completed', { applicationId: id, data: { tenant_id: tenantId, by: 'reuse' } })
  })
  return true
}

import type { MultiTenant } from '../multi-tenant.ts'
import type { AfterEvent } from './lifecycle-event.ts'

/** Lets every `after` event have an effect outside of its transition's transaction, as a mail would be. */
export function addEffects({ lifecycle, databases }: MultiTenant): void {
  const effect = async ({ id, name, tenantId }: AfterEvent) => {
    const values = [id, name, tenantId]
    await databases.central().execute('insert into effects (event_id, name, tenant_id) values (?, ?, ?)', values)
  }
  for (const name of ['afterCreate', 'afterProvision', 'afterActivate', 'afterDelete'] as const)
    lifecycle.on(name, effect)
}

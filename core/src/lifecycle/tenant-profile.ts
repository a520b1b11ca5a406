import type { EntityManager } from '@mikro-orm/postgresql'
import type { TenantRecord } from '../central/tenant-record.ts'

/** What a tenant is created with. */
export interface TenantProfile {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly features: readonly string[]
  /** @default {} */
  readonly config?: Readonly<Record<string, unknown>>
  readonly contact: { readonly email: string; readonly name: string }
  /** End of the subscription. @default open */
  readonly expiresAt?: Date
}

/** The profile of a tenant that is there. */
export function profileOf(tenant: TenantRecord): TenantProfile {
  const { id, name, plan, features, config, contactEmail, contactName, expiresAt } = tenant
  const contact = { email: contactEmail, name: contactName }
  return { id, name, plan, features, config, contact, ...(expiresAt && { expiresAt }) }
}

/** Gives a tenant a new profile. */
export function assignProfile(em: EntityManager, tenant: TenantRecord, profile: TenantProfile): void {
  em.assign(tenant, profileColumns(profile))
}

/** The columns of a profile. */
export function profileColumns({ name, plan, features, config, contact, expiresAt }: TenantProfile) {
  return {
    name,
    plan,
    features: [...features],
    config: { ...config },
    contactEmail: contact.email,
    contactName: contact.name,
    expiresAt: expiresAt ?? null,
  }
}

import type { ApplicationKind } from '../contract/index.ts'

/** A tenant that came from an application. */
export interface AppliedTenant {
  readonly tenantId: string
  /** E-mail of the applicant, trimmed and in lower case; empty when none was given. */
  readonly email: string
  readonly universityName: string
  readonly kind: ApplicationKind
  readonly accessUrl: string
  /** UTC timestamps. */
  readonly createdAt: string
  readonly expiresAt: string
}

/** Remembers which tenant an applicant has, so that a further application finds it. */
export interface ApplicationStore {
  findByEmail(email: string): Promise<AppliedTenant | undefined>
  findByTenant(tenantId: string): Promise<AppliedTenant | undefined>
  /** Adds the tenant, or replaces what is known of it. */
  save(tenant: AppliedTenant): Promise<void>
  list(): Promise<readonly AppliedTenant[]>
}

/** Keeps applied tenants in memory, for a service that has nowhere else to keep them. */
export function memoryApplicationStore(): ApplicationStore {
  const tenants = new Map<string, AppliedTenant>()
  return {
    findByEmail: async (email) => [...tenants.values()].find((tenant) => tenant.email === email),
    findByTenant: async (tenantId) => tenants.get(tenantId),
    async save(tenant) {
      tenants.set(tenant.tenantId, tenant)
    },
    list: async () => [...tenants.values()],
  }
}

/** The form in which e-mails of applicants are compared. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase()
}

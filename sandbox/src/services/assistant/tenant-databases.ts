import {
  canonicalEmail,
  type EntityManager,
  type MultiTenantOptions,
  type ProvisionTenant,
  type TenantRecord,
} from '@mt-paas/core'
import type { AssistantDefinition } from './assistant-definition.ts'
import { completeAssistantTables } from './complete-assistant-tables.ts'
import { createAssistantTables } from './create-assistant-tables.ts'
import { assistantEntities, modelPrice, user } from './entity/index.ts'

/** Clock and ids of a service. */
export interface TenantDatabasesOptions {
  /** @default the system's clock */
  readonly now?: () => Date
  /** Makes unique ids. @default random UUIDs */
  readonly newId?: () => string
}

type TenantDatabases = Pick<
  MultiTenantOptions,
  'tenantEntities' | 'tenantMigrations' | 'databasePrefix' | 'plans' | 'usage'
> & { readonly provision: ProvisionTenant }

/** The part of the options of a multi-tenant service that a definition decides. */
export function tenantDatabases(
  definition: AssistantDefinition,
  { now = () => new Date(), newId = () => crypto.randomUUID() }: TenantDatabasesOptions = {},
): TenantDatabases {
  const { databasePrefix, name, plans, prices } = definition
  const rates = prices.flatMap(({ model, inputPrice, outputPrice }) => [
    { metric: 'input_tokens', model, price: inputPrice, per: 1_000_000 },
    { metric: 'output_tokens', model, price: outputPrice, per: 1_000_000 },
  ])
  return {
    tenantEntities: assistantEntities,
    tenantMigrations: [createAssistantTables, completeAssistantTables],
    databasePrefix,
    plans,
    usage: { billing: { rates, currency: 'USD', serviceId: name } },
    provision: (em, tenant) =>
      em.transactional(async (transaction) => {
        await transaction.upsertMany(modelPrice, [...prices], { onConflictAction: 'ignore' })
        await addFirstAdministrator(transaction, tenant, { at: now(), newId })
      }),
  }
}

/** The contact, unless there is someone with that e-mail. */
async function addFirstAdministrator(
  em: EntityManager,
  { contactEmail, contactName }: TenantRecord,
  { at, newId }: { readonly at: Date; readonly newId: () => string },
): Promise<void> {
  const emailKey = canonicalEmail(contactEmail)
  if (await em.count(user, { emailKey })) return
  em.create(user, {
    id: `user_${newId()}`,
    email: contactEmail,
    emailKey,
    name: contactName,
    role: 'admin',
    status: 'active',
    passwordHash: null,
    createdAt: at,
    lastLogin: null,
  })
}

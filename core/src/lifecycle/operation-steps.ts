import type { EntityManager } from '@mikro-orm/postgresql'
import type { OperationKind, TenantRecord, TenantState } from '../central/tenant-record.ts'
import type { AdminSession } from '../database/admin-session.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import type { TenantDatabaseName } from '../database/make-database.ts'
import type { AfterEventName } from './lifecycle-event.ts'

/** Fills a tenant's database after its migrations. It may run again after a crash, so it only adds what is missing. */
export type ProvisionTenant = (em: EntityManager, tenant: TenantRecord) => Promise<void>

/** What a step works with; the session holds the tenant's lock. */
export interface StepContext {
  readonly session: AdminSession
  readonly tenant: TenantRecord
  readonly databases: DatabaseManager
  readonly fill: ProvisionTenant | undefined
}

/** One step. It looks first, so doing it again does no harm. */
export interface OperationStep {
  readonly name: string
  readonly run: (context: StepContext) => Promise<void>
  /** @default always */
  readonly isNeeded?: (context: Pick<StepContext, 'fill'>) => boolean
}

/** The steps of an operation and what its end makes of the tenant. */
export interface OperationPlan {
  readonly steps: readonly OperationStep[]
  /** The state it ends in; null when the state was entered at the beginning. */
  readonly to: TenantState | null
  readonly after: readonly AfterEventName[]
}

/** Database, role and rights, migrations, identity: the manager of databases goes on where it stopped. */
export const databaseStep: OperationStep = {
  name: 'database',
  run: ({ databases, session, tenant }) => databases.provision(session, nameOf(tenant)),
}

const fill: OperationStep = {
  name: 'fill',
  isNeeded: ({ fill }) => fill !== undefined,
  async run({ databases, tenant, fill }) {
    if (fill) await databases.withTenant(nameOf(tenant), (em) => fill(em, tenant))
  },
}

const close: OperationStep = {
  name: 'close',
  run: ({ databases, tenant }) => databases.suspend(nameOf(tenant)),
}

/** Kept data can be read for the last bill, that of a tenant that was suspended as well. */
const keep: OperationStep = {
  name: 'keep',
  async run({ databases, tenant }) {
    await databases.release(tenant.dbName)
    await databases.resume(nameOf(tenant))
  },
}

const drop: OperationStep = {
  name: 'drop',
  run: ({ databases, session, tenant }) => databases.drop(session, nameOf(tenant)),
}

/** What is done for each kind of operation. */
export const operationPlans: Readonly<Record<OperationKind, OperationPlan>> = Object.freeze({
  provision: { steps: [databaseStep, fill], to: 'active', after: ['afterProvision', 'afterActivate'] },
  resume: { steps: [databaseStep, fill], to: 'active', after: ['afterActivate'] },
  suspend: { steps: [close], to: null, after: [] },
  delete: { steps: [keep], to: null, after: [] },
  purge: { steps: [drop], to: 'purged', after: [] },
})

/** A tenant's database as the manager of databases knows it. */
export function nameOf({ id, dbName }: TenantRecord): TenantDatabaseName {
  return { tenantId: id, databaseName: dbName }
}

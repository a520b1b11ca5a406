import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantExistsError } from '@mt-paas/server'
import { type OperationOrigin, type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import { assignProfile, profileColumns, type TenantProfile } from './tenant-profile.ts'
import type { TransitionLog } from './transition-log.ts'

/** What a row is made from, in the transaction that holds it. */
export interface RowMaking {
  readonly em: EntityManager
  readonly log: TransitionLog
  readonly row: TenantRecord | undefined
  readonly profile: TenantProfile
  /** Of the database that a tenant gets that is not known. */
  readonly databaseName: string
  readonly origin: OperationOrigin
}

/** Makes a tenant known that is not, or not any more. */
export function enterPending(making: RowMaking): TenantRecord {
  const { em, log, row, profile, origin } = making
  if (row && row.status !== 'purged') throw new TenantExistsError(row.id)
  const tenant = row ?? newRow(making)
  assignProfile(em, tenant, profile)
  tenant.createdAt = log.now
  log.enter(tenant, { from: row ? 'purged' : null, to: 'pending', after: ['afterCreate'], origin })
  return tenant
}

/** Begins to make a tenant's database; a tenant that is being made stays as it is, with the new profile. */
export function enterProvisioning(making: RowMaking): TenantRecord {
  const { em, log, row, profile, origin } = making
  const known = row && row.status !== 'purged'
  const tenant = known ? row : enterPending(making)
  if (known) assignProfile(em, tenant, profile)
  if (tenant.status !== 'provisioning') log.enter(tenant, { from: 'pending', to: 'provisioning', after: [], origin })
  return tenant
}

function newRow({ em, profile, databaseName: dbName, log: { now: at } }: RowMaking): TenantRecord {
  return em.create(tenantRecord, {
    ...profileColumns(profile),
    id: profile.id,
    dbName,
    status: 'pending',
    createdAt: at,
    updatedAt: at,
    applicantEmail: null,
    applicationKind: null,
    dataRetentionUntil: null,
    suspendedReason: null,
    operation: null,
    lastError: null,
    nextAttemptAt: null,
  })
}

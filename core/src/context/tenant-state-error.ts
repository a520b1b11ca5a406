import type { StandardApiError } from '@mt-paas/server'
import type { TenantRecord } from '../central/tenant-record.ts'
import { TenantDeletedError, TenantNotReadyError, TenantSuspendedError } from '../error/tenant-errors.ts'

/** Why a tenant in this state may not be used; undefined for one that may. */
export function tenantStateError({ id, status }: Pick<TenantRecord, 'id' | 'status'>): StandardApiError | undefined {
  switch (status) {
    case 'active':
      return undefined
    case 'suspended':
      return new TenantSuspendedError(id)
    case 'deleted':
    case 'purged':
      return new TenantDeletedError(id)
    default:
      return new TenantNotReadyError(id)
  }
}

import type { TenantRecord, TenantState } from '../central/tenant-record.ts'
import { TransitionNotAllowedError } from '../error/tenant-errors.ts'

/** Which states may follow a state. There are no other transitions. */
export const tenantTransitions: Readonly<Record<TenantState, readonly TenantState[]>> = Object.freeze({
  pending: ['provisioning'],
  provisioning: ['active'],
  active: ['suspended', 'deleted'],
  suspended: ['active', 'deleted'],
  deleted: ['active', 'purged'],
  purged: ['pending'],
})

const wireStates: Readonly<Record<TenantState, string>> = Object.freeze({
  pending: 'provisioning',
  provisioning: 'provisioning',
  active: 'active',
  suspended: 'suspended',
  deleted: 'deactivated',
  purged: 'deactivated',
})

/** The state of a tenant in the words of the Standard API. */
export function wireState(state: TenantState): string {
  return wireStates[state]
}

/** The part of a tenant that its transitions depend on. */
export type TenantInState = Pick<TenantRecord, 'id' | 'status' | 'dataRetentionUntil'>

/** The states that may follow now: a deleted tenant comes back only while its data is kept. */
export function allowedTransitions(tenant: TenantInState, now: Date): readonly TenantState[] {
  const allowed = tenantTransitions[tenant.status]
  const lost = tenant.status === 'deleted' && (tenant.dataRetentionUntil ?? now) <= now
  return lost ? allowed.filter((state) => state === 'purged') : allowed
}

/**
 * Checks that a tenant may enter a state.
 * @throws TransitionNotAllowedError that lists the states it may enter
 */
export function assertTransition(tenant: TenantInState, to: TenantState, now: Date): void {
  const allowed = allowedTransitions(tenant, now)
  if (!allowed.includes(to)) throw transitionNotAllowed(tenant, to, now)
}

/** The refusal of a transition, in the words of the wire. */
export function transitionNotAllowed(tenant: TenantInState, to: TenantState, now: Date): TransitionNotAllowedError {
  const allowed = allowedTransitions(tenant, now).map(wireState)
  return new TransitionNotAllowedError(tenant.id, {
    status: wireState(tenant.status),
    to: wireState(to),
    allowed: [...new Set(allowed)],
  })
}

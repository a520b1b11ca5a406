import type { TenantState } from '../central/tenant-record.ts'
import type { MultiTenant } from '../multi-tenant.ts'
import { profile } from './lifecycle-bed.test.support.ts'

/** How long deleted tenants' data is kept. */
export const KEPT_DAYS = 2

export type Status = TenantState | 'none'

/** What a tenant is expected to be. */
export interface ExpectedTenant {
  status: Status
  keptUntil: number
  notes: number
}

export interface Operation {
  readonly name: string
  readonly run: (by: MultiTenant, id: string) => Promise<unknown>
  /** The state that follows; undefined when the operation is refused. */
  readonly next: (tenant: ExpectedTenant, at: number) => Status | undefined
}

/** @param at the time, in ms */
export function hasData({ status, keptUntil }: ExpectedTenant, at: number): boolean {
  return status === 'active' || status === 'suspended' || (status === 'deleted' && keptUntil > at)
}

export const operations: readonly Operation[] = [
  {
    name: 'create',
    run: ({ lifecycle }, id) => lifecycle.create(profile(id)),
    next: ({ status }) => (status === 'none' || status === 'purged' ? 'pending' : undefined),
  },
  {
    name: 'provision',
    run: ({ lifecycle }, id) => lifecycle.provision(id),
    next: ({ status }) => (status === 'pending' ? 'active' : undefined),
  },
  {
    name: 'activate',
    run: ({ lifecycle }, id) => lifecycle.activate(profile(id)),
    next: ({ status }) => (status === 'active' ? undefined : 'active'),
  },
  {
    name: 'suspend',
    run: ({ lifecycle }, id) => lifecycle.suspend(id, { reason: 'unpaid' }),
    next: ({ status }) => (status === 'active' ? 'suspended' : undefined),
  },
  {
    name: 'resume',
    run: ({ lifecycle }, id) => lifecycle.resume(id),
    next: ({ status }) => (status === 'suspended' ? 'active' : undefined),
  },
  {
    name: 'delete',
    run: ({ lifecycle }, id) => lifecycle.delete(id, { preserveDays: KEPT_DAYS }),
    next: ({ status }) =>
      status === 'active' || status === 'suspended' ? 'deleted' : ended(status) ? status : undefined,
  },
  {
    name: 'delete for good',
    run: ({ lifecycle }, id) => lifecycle.delete(id, { hard: true }),
    next: ({ status }) => (status === 'active' || status === 'suspended' || ended(status) ? 'purged' : undefined),
  },
  {
    name: 'restore',
    run: ({ lifecycle }, id) => lifecycle.restore(id),
    next: (tenant, at) => (tenant.status === 'deleted' && hasData(tenant, at) ? 'active' : undefined),
  },
]

function ended(status: Status): boolean {
  return status === 'deleted' || status === 'purged'
}

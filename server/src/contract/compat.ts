import { z } from 'zod'
import { TenantId } from './id.ts'
import { defineOperation } from './operation.ts'
import { Page } from './page.ts'
import { StatsPeriod } from './period.ts'
import { ResourcesResponse } from './resources.ts'
import { StatsResponse } from './stats.ts'
import { UserRole, UserStatus, UsersListResponse } from './users.ts'

/** On these paths an empty filter is no filter. */
const emptyAsAbsent = (value: string | undefined) => (value === '' ? undefined : value)

const CompatStatsInput = z.object({ tenant_id: TenantId, period: StatsPeriod })

const CompatUsersInput = z.object({
  tenant_id: TenantId,
  role: z.preprocess(emptyAsAbsent, UserRole.optional()).optional(),
  status: z.preprocess(emptyAsAbsent, UserStatus.optional()).optional(),
  search: z.string().optional(),
  ...Page.shape,
})

const CompatResourcesInput = z.object({ tenant_id: TenantId, search: z.string().optional(), ...Page.shape })

/** A tenant as the old simulator lists it; what the service does not know is null. */
export const CompatTenant = z
  .object({
    tenant_id: z.string(),
    university_name: z.string().nullable(),
    email: z.string().nullable(),
    status: z.string().nullable(),
    created_at: z.string().nullable(),
    users_count: z.int().nullable(),
  })
  .meta({ id: 'CompatTenant' })
export type CompatTenant = z.infer<typeof CompatTenant>

/** Answer of the old list of tenants. */
export const CompatTenantList = z.object({ count: z.int(), tenants: z.array(CompatTenant) })
export type CompatTenantList = z.infer<typeof CompatTenantList>

const compatRead = { type: 'query', method: 'GET', tag: 'compat', access: 'market', status: 200 } as const
const compatWebhook = { type: 'mutation', method: 'POST', tag: 'compat', access: 'market', status: 200 } as const

/** The operations below `/api/tenant` that predecessors and their market use. */
export const compatOperations = Object.freeze({
  autoProvision: defineOperation({
    ...compatWebhook,
    path: '/webhook/auto-provision',
    summary: 'An activation, or an application in either shape',
    input: z.looseObject({}),
    output: z.looseObject({}),
    errors: ['TENANT_EXISTS', 'QUOTA_EXCEEDED', 'FEATURE_DISABLED'],
    body: 'required',
  }),
  applicationApproved: defineOperation({
    ...compatWebhook,
    path: '/webhook/application-approved',
    summary: 'An application in either shape',
    input: z.looseObject({}),
    output: z.looseObject({}),
    errors: ['TENANT_EXISTS', 'QUOTA_EXCEEDED', 'FEATURE_DISABLED'],
    body: 'required',
  }),
  listTenants: defineOperation({
    ...compatRead,
    path: '/list',
    summary: 'Tenants that came from applications',
    input: z.object({}),
    output: CompatTenantList,
    errors: [],
  }),
  tenantStatus: defineOperation({
    ...compatRead,
    path: '/status/{tenant_id}',
    summary: 'One tenant',
    input: z.object({ tenant_id: TenantId }),
    output: CompatTenant,
    errors: ['TENANT_NOT_FOUND'],
  }),
  stats: defineOperation({
    ...compatRead,
    path: '/stats/{tenant_id}',
    summary: 'Totals and trends of a tenant',
    input: CompatStatsInput,
    output: StatsResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
  tenantStats: defineOperation({
    ...compatRead,
    path: '/{tenant_id}/stats',
    summary: 'Totals and trends of a tenant',
    input: CompatStatsInput,
    output: StatsResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
  users: defineOperation({
    ...compatRead,
    path: '/users/{tenant_id}',
    summary: 'Users of a tenant',
    input: CompatUsersInput,
    output: UsersListResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
  tenantUsers: defineOperation({
    ...compatRead,
    path: '/{tenant_id}/users',
    summary: 'Users of a tenant',
    input: CompatUsersInput,
    output: UsersListResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
  courses: defineOperation({
    ...compatRead,
    path: '/courses/{tenant_id}',
    summary: 'Courses of a tenant',
    input: CompatResourcesInput,
    output: ResourcesResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
  discussions: defineOperation({
    ...compatRead,
    path: '/discussions/{tenant_id}',
    summary: 'Discussions of a tenant',
    input: CompatResourcesInput,
    output: ResourcesResponse,
    errors: ['TENANT_NOT_FOUND'],
  }),
})

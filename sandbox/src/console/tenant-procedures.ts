import { operations } from '@mt-paas/server/contract'
import { Slug } from '../market/service-manifest.ts'
import { tenantBills, tenantSummary } from '../market/tenant-summary.ts'
import { at } from './console-procedure.ts'

const OF_SERVICE = { service: Slug }

function tenantAt(method: Parameters<typeof at>[0], path: `/${string}` | '') {
  return at(method, `/market/tenants/{service}/{tenant_id}${path}`, 'tenant')
}

const { getTenantStatus, getTenantUsage, getTenantStats, getTenantCosts, getTopUsers } = operations
const { listUsers, createUser, getUser, updateUser, deleteUser } = operations
const { listResources, getSettings, updateSettings, getBillingUsage, getBillingDetail } = operations

/** One tenant at one service, asked of the service itself; and what it uses of all services. */
export const tenantProcedures = {
  status: tenantAt('GET', '/status')
    .input(getTenantStatus.input.extend(OF_SERVICE))
    .output(getTenantStatus.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getTenantStatus(input),
    ),
  usage: tenantAt('GET', '/usage')
    .input(getTenantUsage.input.extend(OF_SERVICE))
    .output(getTenantUsage.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getTenantUsage(input),
    ),
  stats: tenantAt('GET', '/stats')
    .input(getTenantStats.input.extend(OF_SERVICE))
    .output(getTenantStats.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getTenantStats(input),
    ),
  costs: tenantAt('GET', '/costs')
    .input(getTenantCosts.input.extend(OF_SERVICE))
    .output(getTenantCosts.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getTenantCosts(input),
    ),
  topUsers: tenantAt('GET', '/top-users')
    .input(getTopUsers.input.extend(OF_SERVICE))
    .output(getTopUsers.output)
    .query(async ({ ctx, input: { service, ...input } }) => (await ctx.market.clients.of(service)).getTopUsers(input)),
  listUsers: tenantAt('GET', '/users')
    .input(listUsers.input.extend(OF_SERVICE))
    .output(listUsers.output)
    .query(async ({ ctx, input: { service, ...input } }) => (await ctx.market.clients.of(service)).listUsers(input)),
  createUser: tenantAt('POST', '/users')
    .input(createUser.input.extend(OF_SERVICE))
    .output(createUser.output)
    .mutation(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).createUser(input),
    ),
  getUser: tenantAt('GET', '/users/{user_id}')
    .input(getUser.input.extend(OF_SERVICE))
    .output(getUser.output)
    .query(async ({ ctx, input: { service, ...input } }) => (await ctx.market.clients.of(service)).getUser(input)),
  updateUser: tenantAt('PUT', '/users/{user_id}')
    .input(updateUser.input.extend(OF_SERVICE))
    .output(updateUser.output)
    .mutation(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).updateUser(input),
    ),
  deleteUser: tenantAt('DELETE', '/users/{user_id}')
    .input(deleteUser.input.extend(OF_SERVICE))
    .output(deleteUser.output)
    .mutation(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).deleteUser(input),
    ),
  resources: tenantAt('GET', '/resources')
    .input(listResources.input.extend(OF_SERVICE))
    .output(listResources.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).listResources(input),
    ),
  getSettings: tenantAt('GET', '/settings')
    .input(getSettings.input.extend(OF_SERVICE))
    .output(getSettings.output)
    .query(async ({ ctx, input: { service, ...input } }) => (await ctx.market.clients.of(service)).getSettings(input)),
  updateSettings: tenantAt('PUT', '/settings')
    .input(updateSettings.input.extend(OF_SERVICE).strict())
    .output(updateSettings.output)
    .mutation(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).updateSettings(input),
    ),
  billingUsage: tenantAt('GET', '/billing/usage')
    .input(getBillingUsage.input.extend(OF_SERVICE))
    .output(getBillingUsage.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getBillingUsage(input),
    ),
  billing: tenantAt('GET', '/billing')
    .input(getBillingDetail.input.extend(OF_SERVICE))
    .output(getBillingDetail.output)
    .query(async ({ ctx, input: { service, ...input } }) =>
      (await ctx.market.clients.of(service)).getBillingDetail(input),
    ),
  /** The tenants that the tenant's account has at all services, this one among them. */
  siblings: tenantAt('GET', '/siblings')
    .input(getTenantStatus.input.extend(OF_SERVICE))
    .query(async ({ ctx, input }) => ({ tenants: await ctx.market.siblingsOf(input) })),
  /** The bills of all services that the tenant's account has, added up exactly; services without one are named. */
  billingSummary: tenantAt('GET', '/billing/summary')
    .input(getBillingDetail.input.extend(OF_SERVICE))
    .query(({ ctx, input: { service, tenant_id, period } }) => tenantBills(ctx.market, { service, tenant_id }, period)),
  /** How the tenant stands at all services that its account has, with statistics of a time. */
  summary: tenantAt('GET', '/summary')
    .input(getTenantStats.input.extend(OF_SERVICE))
    .query(({ ctx, input: { service, tenant_id, period } }) =>
      tenantSummary(ctx.market, { service, tenant_id }, period),
    ),
}

import type { Capability } from './capability-name.ts'
import type { CheckContext } from './check-context.ts'
import { memberAt } from './http/exchange.ts'
import { flatApplication } from './webhook-payload.ts'

type Probe = (ctx: CheckContext) => Promise<boolean>

/** Whether the service has a part. It is asked for as weakly as can be, so that a broken part is not a missing one. */
export async function probeCapability(capability: Capability, ctx: CheckContext): Promise<boolean> {
  if (capability !== 'standard' && needsTenant.has(capability) && !(await ctx.has('standard'))) return false
  return probes[capability](ctx)
}

const needsTenant: ReadonlySet<Capability> = new Set([
  'v2',
  'billing',
  'settingsWrite',
  'retention',
  'freeIds',
  'idempotency',
  'compat',
  'simulatorReads',
])

const period = '2026-01'

const probes: Readonly<Record<Capability, Probe>> = {
  standard: async (ctx) => (await ctx.call('checkHealth')).status !== 404,

  async v2(ctx) {
    const tenant_id = await ctx.sharedTenant()
    const [stats, users, settings] = await Promise.all([
      ctx.call('getTenantStats', { tenant_id }),
      ctx.call('listUsers', { tenant_id }),
      ctx.call('getSettings', { tenant_id }),
    ])
    return [stats, users, settings].some(({ status }) => status !== 404)
  },

  async billing(ctx) {
    const tenant_id = await ctx.sharedTenant()
    const [usage, detail] = await Promise.all([
      ctx.call('getBillingUsage', { tenant_id, period }),
      ctx.call('getBillingDetail', { tenant_id, period }),
    ])
    return usage.status !== 404 || detail.status !== 404
  },

  async settingsWrite(ctx) {
    if (!(await ctx.has('v2'))) return false
    const tenant_id = await ctx.sharedTenant()
    const before = memberAt((await ctx.call('getSettings', { tenant_id })).json, 'config', 'features', 'quiz')
    await ctx.call('updateSettings', { tenant_id, features: { quiz: before !== true } })
    const after = memberAt((await ctx.call('getSettings', { tenant_id })).json, 'config', 'features', 'quiz')
    return after !== before
  },

  async retention(ctx) {
    const tenant_id = await ctx.tenant()
    const ended = await ctx.call('deactivateTenant', { tenant_id, reason: 'admin_request', preserve_data: true })
    return memberAt(ended.json, 'data_preserved') === true
  },

  async freeIds(ctx) {
    const id = `${ctx.newTenantId()} 한림`
    return (await ctx.call('activateTenant', ctx.activation(id))).status === 200
  },

  async idempotency(ctx) {
    const tenant_id = ctx.newTenantId()
    const activation = ctx.activation(tenant_id)
    const headers = { 'Idempotency-Key': ctx.word() }
    await ctx.call('activateTenant', activation, { headers })
    const again = await ctx.call('activateTenant', activation, { headers })
    return again.headers['idempotent-replay'] !== undefined
  },

  trpc: async (ctx) => (await ctx.send(`${ctx.target.prefix}/trpc/checkHealth`)).status === 200,

  document: async (ctx) => (await ctx.send(`${ctx.target.prefix}/openapi.json`)).status === 200,

  webhook: async (ctx) => (await ctx.webhook(flatApplication(ctx), { key: 'invalid_key' })).status !== 404,

  nestedWebhook: async (ctx) =>
    (await ctx.compat('applicationApproved', flatApplication(ctx), { key: 'invalid_key' })).status !== 404,

  webhookSecret: async (ctx) => ctx.target.webhookSecret !== undefined,

  callback: async (ctx) => ctx.target.callbacks !== undefined,

  serviceKey: async (ctx) => ctx.target.callbacks?.serviceKey !== undefined,

  callbackSecret: async (ctx) => ctx.target.callbacks?.secret !== undefined,

  async compat(ctx) {
    const tenant_id = await ctx.sharedTenant()
    const answers = await Promise.all([ctx.compat('stats', { tenant_id }), ctx.compat('users', { tenant_id })])
    return answers.some(({ status }) => status !== 404)
  },

  async simulatorReads(ctx) {
    const tenant_id = await ctx.sharedTenant()
    const answers = await Promise.all([ctx.compat('listTenants'), ctx.compat('tenantUsers', { tenant_id })])
    return answers.some(({ status }) => status !== 404)
  },
}

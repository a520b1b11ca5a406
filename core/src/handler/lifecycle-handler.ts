import type { Caller, HandlerContext, StandardHandler } from '@mt-paas/server'
import type { Configuration } from '../config/read-configuration.ts'
import { wireState } from '../lifecycle/tenant-transitions.ts'
import type { MultiTenant } from '../multi-tenant.ts'
import { centralAnswer, promptAnswer } from './central-answer.ts'
import { assertStorable } from './storable.ts'
import { changeSettings, readSettings } from './tenant-settings.ts'

/** What a {@link lifecycleHandler} works with; `setupMultiTenant` gives it. Nothing is read before a call. */
export interface LifecycleHandlerParts
  extends Pick<MultiTenant, 'tenants' | 'lifecycle' | 'subscriptions' | 'usage' | 'plans' | 'databases'> {
  readonly configuration: Pick<Configuration, 'apiPort'>
}

/** Where a service is reached. */
export interface LifecycleHandlerOptions {
  /** Public address of the service, without a slash at its end. @default 'http://127.0.0.1:<MT_API_PORT>' */
  readonly baseUrl?: string
  /** Path in front of the API, as in `standardApi`. @default '/mt' */
  readonly prefix?: string
  /** Where a tenant's people open the service. @default '<baseUrl>/tenant/<id>' */
  readonly accessUrl?: (tenantId: string) => string
  /** How long a caller that prefers an answer at once waits for a new tenant, in ms. @default 1_000 */
  readonly respondAsyncAfter?: number
}

/** Members of a handler that are the same for every service with a database per tenant. */
export type ReadyHandler = Pick<
  StandardHandler,
  'baseUrl' | 'activateTenant' | 'deactivateTenant' | 'getTenantStatus' | 'getTenantUsage' | 'getSettings'
> &
  Required<Pick<StandardHandler, 'checkHealth' | 'updateSettings' | 'getBillingUsage' | 'getBillingDetail'>>

/**
 * The procedures of the lifecycle, of usage and of settings, to be spread into a handler. A central database that does
 * not answer is 503 with `Retry-After`.
 */
export function lifecycleHandler(mt: LifecycleHandlerParts, options: LifecycleHandlerOptions = {}): ReadyHandler {
  const {
    baseUrl = `http://127.0.0.1:${mt.configuration.apiPort}`,
    prefix = '/mt',
    respondAsyncAfter = 1_000,
  } = options
  const { accessUrl = (tenantId) => `${baseUrl}/tenant/${encodeURIComponent(tenantId)}` } = options
  return {
    baseUrl,

    async checkHealth() {
      await promptAnswer(() => mt.tenants.ping())
      return 'healthy' as const
    },

    async activateTenant({ input, ctx }) {
      assertStorable(input)
      const { tenant_id, tenant_name, plan, features, config, contact } = input
      const profile = { id: tenant_id, name: tenant_name, plan, features, config: config ?? {}, contact }
      const message = `${tenant_name} ${said.created}`
      const url = config?.callback_url
      const messages = { message, failureMessage: `${tenant_name} ${said.failed}` }
      const callback = typeof url === 'string' ? { url, accessUrl: accessUrl(tenant_id), ...messages } : undefined
      const wait = ctx.respondAsync ? { waitMs: respondAsyncAfter, ...(callback && { callback }) } : {}
      const { outcome } = await centralAnswer(() => mt.lifecycle.activate(profile, { ...originOf(ctx), ...wait }))
      if (outcome === 'accepted') {
        ctx.reply.status = 202
        ctx.reply.setHeader('Location', `${baseUrl}${prefix}/tenant/${encodeURIComponent(tenant_id)}/status`)
      }
      return { success: true, tenant_id, access_url: accessUrl(tenant_id), message: `${tenant_name} ${said[outcome]}` }
    },

    async deactivateTenant({ input, ctx }) {
      assertStorable(input)
      const { tenant_id, reason, preserve_data } = input
      const { status, dataRetentionUntil } = await centralAnswer(() =>
        mt.lifecycle.deactivate(tenant_id, { ...originOf(ctx), reason, preserveData: preserve_data }),
      )
      return {
        success: true,
        tenant_id,
        status: wireState(status),
        data_preserved: dataRetentionUntil !== null,
        data_retention_until: dataRetentionUntil && wireTime(dataRetentionUntil),
      }
    },

    async getTenantStatus({ input: { tenant_id } }) {
      const { status, plan, features, createdAt, updatedAt } = await promptAnswer(() => mt.tenants.get(tenant_id))
      const times = { created_at: wireTime(createdAt), updated_at: wireTime(updatedAt) }
      return { tenant_id, status: wireState(status), plan, features, ...times }
    },

    async getTenantUsage({ input: { tenant_id, period } }) {
      return { tenant_id, period, usage: await promptAnswer(() => mt.usage.getTenantUsage(tenant_id, period)) }
    },

    getBillingUsage: ({ input: { tenant_id, period } }) =>
      promptAnswer(() => mt.usage.getBillingUsage(tenant_id, period)),

    getBillingDetail: ({ input: { tenant_id, period } }) =>
      promptAnswer(() => mt.usage.getBillingDetail(tenant_id, period)),

    getSettings: ({ input: { tenant_id } }) => promptAnswer(() => readSettings(mt, tenant_id)),

    async updateSettings({ input, ctx }) {
      assertStorable(input)
      await centralAnswer(() => changeSettings(mt, input, ctx.caller.kind === 'user'))
      return promptAnswer(() => readSettings(mt, input.tenant_id))
    },
  }
}

const said = {
  created: '활성화 완료',
  resumed: '재활성화 완료',
  accepted: '활성화 진행 중',
  failed: '활성화 실패',
} as const

function originOf({ caller, requestId, idempotencyKey }: HandlerContext) {
  return { actor: actorOf(caller), requestId, ...(idempotencyKey !== undefined && { idempotencyKey }) }
}

/** Who asked, as the audit trail has it. */
function actorOf(caller: Caller): string {
  if (caller.kind === 'user') return `user:${caller.userId}`
  return caller.kind === 'market' ? `market:${caller.keyId}` : 'anonymous'
}

/** UTC with whole seconds. */
function wireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

import type { Procedure, StandardHandler } from './handler.ts'

/** What the optional procedures do when a handler leaves them out. */
export interface DefaultProcedures {
  readonly getTopUsers: Procedure<'getTopUsers'>
  readonly listResources: Procedure<'listResources'>
  readonly updateSettings: Procedure<'updateSettings'>
  readonly getBillingUsage: Procedure<'getBillingUsage'>
  readonly getBillingDetail: Procedure<'getBillingDetail'>
}

const units: Readonly<Record<string, string>> = {
  active_users: 'users',
  total_sessions: 'sessions',
  api_calls: 'calls',
  ai_tokens: 'tokens',
  storage_mb: 'MB',
}

/**
 * Defaults that answer from the handler's required procedures, so that an unknown tenant stays unknown: no top
 * users, no resources, settings that do not change, usage as metrics, a bill without lines.
 */
export function defaultProcedures(handler: StandardHandler): DefaultProcedures {
  return {
    async getTopUsers({ input: { tenant_id, period }, ctx }) {
      await handler.getTenantStatus({ input: { tenant_id }, ctx })
      return { tenant_id, period, users: [] }
    },
    async listResources({ input: { tenant_id, type }, ctx }) {
      await handler.getTenantStatus({ input: { tenant_id }, ctx })
      return { tenant_id, resource_type: type ?? null, total: 0, items: [] }
    },
    updateSettings({ input: { tenant_id }, ctx }) {
      return handler.getSettings({ input: { tenant_id }, ctx })
    },
    async getBillingUsage({ input, ctx }) {
      const { usage } = await handler.getTenantUsage({ input, ctx })
      const metrics = Object.entries(units).map(([name, unit]) => ({ name, value: Number(usage[name] ?? 0), unit }))
      const cost = usage.total_cost
      return { ...input, metrics, total_cost: typeof cost === 'number' ? cost : null }
    },
    async getBillingDetail({ input, ctx }) {
      await handler.getTenantStatus({ input: { tenant_id: input.tenant_id }, ctx })
      return { ...input, items: [] }
    },
  }
}

import {
  CompatTenantList,
  ErrorBody,
  type FlatWebhook,
  StatsResponse,
  StatusResponse,
  UsersListResponse,
  WebhookAnswer,
} from '@mt-paas/server/contract'
import type { Dictionary } from '../text/index.ts'
import { DemoError } from './demo-error.ts'
import { webhookHeaders } from './demo-webhook.ts'

/** How the demo calls the service, as the market does. */
export interface MarketCallsOptions {
  readonly serviceUrl: string
  readonly apiKey: string
  readonly text: Dictionary
  /** Cuts calls off. */
  readonly signal: AbortSignal
}

interface Schema<TAnswer> {
  safeParse(value: unknown): { success: true; data: TAnswer } | { success: false }
}

const TIMEOUT = 30_000

/** Calls of the market to a service over HTTP; an answer outside of the contract is an error. */
export function marketCalls({ serviceUrl, apiKey, text, signal }: MarketCallsOptions) {
  async function call<TAnswer>(path: string, schema: Schema<TAnswer>, init: RequestInit): Promise<TAnswer> {
    const response = await fetch(new URL(path, serviceUrl), {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
      ...init,
    })
    const body: unknown = await response.json().catch(() => undefined)
    const answer = schema.safeParse(body)
    if (response.status === 200 && answer.success) return answer.data
    const error = ErrorBody.safeParse(body)
    const said = error.success ? `${response.status} ${error.data.error}` : String(response.status)
    throw DemoError.unexpectedAnswer(text, `${init.method} ${path}`, said)
  }

  function read<TAnswer>(tenantId: string, rest: string, schema: Schema<TAnswer>): Promise<TAnswer> {
    const path = `/mt/tenant/${encodeURIComponent(tenantId)}/${rest}`
    return call(path, schema, { method: 'GET', headers: { 'X-Market-API-Key': apiKey } })
  }

  return {
    /** Ids of the tenants that the service has. */
    async listTenants(): Promise<string[]> {
      const init = { method: 'GET', headers: { 'X-API-Key': apiKey } }
      const { tenants } = await call('/api/tenant/list', CompatTenantList, init)
      return tenants.map(({ tenant_id }) => tenant_id)
    },
    /** Sends the webhook: compact JSON in UTF-8. */
    autoProvision: (webhook: FlatWebhook) =>
      call('/api/tenant/webhook/auto-provision', WebhookAnswer, {
        method: 'POST',
        headers: webhookHeaders(apiKey),
        body: JSON.stringify(webhook),
      }),
    getStatus: (tenantId: string) => read(tenantId, 'status', StatusResponse),
    getStats: (tenantId: string) => read(tenantId, 'stats', StatsResponse),
    listUsers: (tenantId: string) => read(tenantId, 'users?limit=100', UsersListResponse),
  }
}

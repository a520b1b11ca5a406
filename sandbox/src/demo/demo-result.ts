import { tenantDatabaseName } from '@mt-paas/core'
import type {
  FlatWebhook,
  StatsResponse,
  StatsSummary,
  StatusResponse,
  UsersListResponse,
  WebhookAnswer,
} from '@mt-paas/server/contract'

/** What the demo found out, as `--json` prints it. Times in ms. */
export interface DemoResult {
  readonly tenant_id: string
  readonly tenant_name: string
  readonly database: string
  readonly status: string
  readonly plan: string
  readonly users: number
  readonly administrators: readonly string[]
  readonly access_url: string
  readonly expires_at: string | null
  /** Whether the tenant was there before. */
  readonly reused: boolean
  readonly service_url: string
  readonly stats: StatsSummary
  readonly provisioning_ms: number
  readonly total_ms: number
}

/** Everything a {@link DemoResult} is made of. */
export interface DemoFindings {
  readonly webhook: FlatWebhook
  readonly answer: WebhookAnswer & { readonly tenant_id: string }
  readonly status: StatusResponse
  readonly stats: StatsResponse
  readonly users: UsersListResponse
  readonly reused: boolean
  readonly serviceUrl: string
  readonly provisioningTime: number
  readonly totalTime: number
}

/** Puts the answers of the service together. */
export function demoResult(findings: DemoFindings): DemoResult {
  const { webhook, answer, status, stats, users } = findings
  return {
    tenant_id: answer.tenant_id,
    tenant_name: webhook.applicant.university_name,
    database: tenantDatabaseName(answer.tenant_id),
    status: status.status,
    plan: status.plan,
    users: users.total,
    administrators: users.users.filter(({ role }) => role === 'admin').map(({ name, email }) => `${name} <${email}>`),
    access_url: answer.access_url ?? '',
    expires_at: answer.expires_at,
    reused: findings.reused,
    service_url: findings.serviceUrl,
    stats: stats.summary,
    provisioning_ms: findings.provisioningTime,
    total_ms: findings.totalTime,
  }
}

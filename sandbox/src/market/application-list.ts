import type { ApplicationKind } from '@mt-paas/server/contract'
import { type ApplicationRecord, applicationRecord, type ReviewRecord, reviewRecord } from '../engine/entity/index.ts'
import { applicationView } from '../simulator/views.ts'
import { applicationActions, applicationStateOf, type MarketApplicationState } from './application-state.ts'
import { entryOf, planOf } from './catalogue-entry.ts'
import type { MarketParts } from './market-parts.ts'

/** Which applications are asked for. */
export interface MarketApplicationFilter {
  /** @default any */
  readonly state?: MarketApplicationState | undefined
  /** Slug. @default any */
  readonly service?: string | undefined
  /** @default any */
  readonly kind?: ApplicationKind | undefined
  /** Part of a name, a university, an address, a reason or a tenant's id. @default any */
  readonly text?: string | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** The state of an application, in SQL; the same rules as `applicationStateOf`. */
const STATE = `case
  when r.state in ('rejected', 'withdrawn') then r.state
  when r.state = 'submitted' and not s.sent then 'submitted'
  when a.status = 'failed' then 'failed'
  when a.status = 'completed' then
    case when r.state = 'approved' and r.subscription_id is null then 'provisioning' else 'provisioned' end
  when r.state = 'approved' or s.sent then 'provisioning'
  else 'submitted' end`

const FROM = `from (
    select id, exists (select 1 from deliveries d where d.application_id = applications.id) as sent from applications
  ) s join applications a on a.id = s.id left join market_reviews r on r.application_id = a.id`

/** The applications that a filter lets through, newest first, and how many there are of them. */
export async function listMarketApplications(parts: MarketParts, filter: MarketApplicationFilter) {
  const { store } = parts.engine
  const { state, service, kind, text, before, limit } = filter
  const like = text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
  const columns = [
    'a.applicant_name',
    'a.applicant_email',
    'a.university_name',
    'a.reason',
    'a.tenant_id',
    'cast(a.id as text)',
  ]
  const search = columns.map((name) => `${name} like ? escape '\\'`).join(' or ')
  const conditions: readonly (readonly [string, readonly unknown[]])[] = [
    ...(state ? [[`${STATE} = ?`, [state]] as const] : []),
    ...(service === undefined ? [] : [['a.service_slug = ?', [service]] as const]),
    ...(kind ? [['a.kind = ?', [kind]] as const] : []),
    ...(like === undefined ? [] : [[`(${search})`, columns.map(() => like)] as const]),
  ]
  const where = conditions.map(([sql]) => sql).join(' and ') || '1'
  const values = conditions.flatMap(([, bound]) => bound)
  const em = store.reader()
  const [counted] = await em.execute<{ count: number }[]>(`select count(*) as count ${FROM} where ${where}`, values)
  const ids = await em.execute<{ id: number }[]>(
    `select a.id as id ${FROM} where ${where} ${before === undefined ? '' : 'and a.id < ?'} order by a.id desc limit ?`,
    [...values, ...(before === undefined ? [] : [before]), limit],
  )
  const rows = await em.find(applicationRecord, { id: { $in: ids.map(({ id }) => id) } }, { orderBy: { id: 'desc' } })
  return { total: Number(counted?.count ?? 0), applications: await marketApplicationViews(parts, rows) }
}

/** Applications with what the market knows of them. */
export async function marketApplicationViews(parts: MarketParts, rows: readonly ApplicationRecord[]) {
  const ids = rows.map(({ id }) => id)
  const em = parts.engine.store.reader()
  const reviews = await em.find(reviewRecord, { applicationId: { $in: ids } })
  const byId = new Map(reviews.map((review) => [review.applicationId, review]))
  const sent = await em.execute<{ id: number }[]>(
    `select distinct application_id as id from deliveries where application_id in (${ids.map(() => '?').join(', ')})`,
    ids,
  )
  const wasSent = new Set(sent.map(({ id }) => id))
  const services = new Map((await parts.engine.services.list()).map((service) => [service.slug, service]))
  return rows.map((application) => {
    const review: ReviewRecord | null = byId.get(application.id) ?? null
    const source = { application, review, wasSent: wasSent.has(application.id) }
    const service = services.get(application.serviceSlug)
    const plan = review && service ? planOf(service, review.plan) : undefined
    return {
      ...applicationView(application),
      service_titles: service ? entryOf(service).title : { ko: application.serviceTitle, en: application.serviceTitle },
      state: applicationStateOf(source),
      next_actions: applicationActions(source),
      plan: review?.plan ?? null,
      plan_title: plan?.title ?? null,
      /** Why it was rejected, or could not become a subscription. */
      decision_reason: review?.reason ?? null,
      decided_at: review?.decidedAt?.toISOString() ?? null,
      subscription_id: review?.subscriptionId ?? null,
    }
  })
}
export type MarketApplicationView = Awaited<ReturnType<typeof marketApplicationViews>>[number]

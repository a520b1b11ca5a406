import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import { impliedSubscription, SUBSCRIPTION_COLUMNS, type Subscription, type SubscriptionRow } from './subscription.ts'
import { endOfDay } from './utc-day.ts'

/** A tenant and what it subscribed to. */
export interface SubscribedTenant {
  readonly tenant: TenantRecord
  readonly subscription: Subscription
}

/**
 * Reads a tenant with the subscription that counts, in one query.
 * @throws TenantNotFoundError
 */
export async function readSubscribedTenant(
  em: EntityManager,
  tenantId: string,
  { lock = false }: { /** Holds the tenant's row until the transaction ends. @default false */ lock?: boolean } = {},
): Promise<SubscribedTenant> {
  // By itself: a query that waits for a lock sees the joined rows as they were before it waited.
  if (lock) await em.execute('select from tenants where id = ? for no key update', [tenantId])
  const [found] = await em.execute<{ subscription: SubscriptionRow | null }[]>(
    `select t.*, (select to_jsonb(version) from (select ${SUBSCRIPTION_COLUMNS} where s.id is not null) as version)
        as subscription
      from tenants t left join subscriptions s on s.tenant_id = t.id and s.closed_at is null
      where t.id = ?`,
    [tenantId],
  )
  if (!found) throw new TenantNotFoundError(tenantId)
  const { subscription, ...columns } = found
  const tenant = em.map(tenantRecord, columns)
  return { tenant, subscription: { tenantId, ...(subscription ?? impliedSubscription(tenant)) } }
}

/** Puts a subscription in the place of the one that counts, which is kept as history. Callers hold the tenant's row. */
export async function replaceSubscription(em: EntityManager, next: Subscription, now: Date): Promise<void> {
  const moment = now.toISOString()
  await em.execute(
    `update subscriptions set closed_at = greatest(?::timestamptz, opened_at) where tenant_id = ? and closed_at is null`,
    [moment, next.tenantId],
  )
  await em.execute(
    `insert into subscriptions
        (tenant_id, plan, limits, features, starts_on, ends_on, auto_renew, term_months, status, opened_at)
      values (?, ?, ?::jsonb, ?::jsonb, ?::date, ?::date, ?, ?, ?, ?::timestamptz)`,
    [
      next.tenantId,
      next.plan,
      JSON.stringify(next.limits),
      JSON.stringify(next.features),
      next.startDate,
      next.endDate,
      next.autoRenew,
      next.termMonths,
      next.status,
      moment,
    ],
  )
}

/** How {@link reviseSubscription} changes a subscription. */
export interface SubscriptionRevision {
  readonly tenantId: string
  readonly now: Date
  /** Makes the next version; the same again leaves no trace. */
  readonly revise: (current: Subscription) => Subscription
}

/**
 * Revises the subscription that counts, one revision of a tenant at a time, inside of a transaction.
 * @throws TenantNotFoundError, and what `revise` throws
 */
export async function reviseSubscription(
  em: EntityManager,
  { tenantId, now, revise }: SubscriptionRevision,
): Promise<Subscription> {
  const { subscription } = await readSubscribedTenant(em, tenantId, { lock: true })
  const next = revise(subscription)
  if (isSame(next, subscription)) return subscription
  await replaceSubscription(em, next, now)
  await followSubscription(em, next, now)
  return next
}

/** Writes on the tenant's row what it repeats of its subscription; a moment inside of the last day stays. */
async function followSubscription(em: EntityManager, next: Subscription, now: Date): Promise<void> {
  await em.execute(
    `update tenants set plan = ?, updated_at = ?::timestamptz,
        expires_at = case when (expires_at at time zone 'UTC')::date = ?::date then expires_at else ?::timestamptz end
      where id = ?`,
    [
      next.plan,
      now.toISOString(),
      next.endDate,
      next.endDate === null ? null : endOfDay(next.endDate).toISOString(),
      next.tenantId,
    ],
  )
}

function isSame(one: Subscription, other: Subscription): boolean {
  const names = Object.keys(one) as (keyof Subscription)[]
  return names.every((name) => sorted(one[name]) === sorted(other[name]))
}

function sorted(value: Subscription[keyof Subscription]): string {
  return JSON.stringify(typeof value === 'object' && value !== null ? Object.entries(value).sort() : value)
}

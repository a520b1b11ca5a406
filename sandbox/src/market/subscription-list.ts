import {
  type AccountRecord,
  accountRecord,
  type SubscriptionRecord,
  type SubscriptionState,
  subscriptionRecord,
} from '../engine/entity/index.ts'
import { entryOf } from './catalogue-entry.ts'
import type { MarketParts } from './market-parts.ts'
import type { BothLanguages } from './service-manifest.ts'
import { subscriptionActions } from './subscription-actions.ts'

/** Which subscriptions are asked for. */
export interface SubscriptionFilter {
  /** @default any */
  readonly status?: SubscriptionState | undefined
  /** Slug. @default any */
  readonly service?: string | undefined
  /** Part of a tenant's id, a name, a university or an address. @default any */
  readonly text?: string | undefined
  /** @default any */
  readonly accountId?: number | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** The subscriptions that a filter lets through, newest first, and how many there are of them. */
export async function listSubscriptions({ engine }: MarketParts, filter: SubscriptionFilter) {
  const { status, service, text, accountId, before, limit } = filter
  const em = engine.store.reader()
  const like = text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
  const named = like === undefined ? [] : await accountsLike(em, like)
  const where = {
    ...(status && { status }),
    ...(service !== undefined && { serviceSlug: service }),
    ...(accountId !== undefined && { accountId }),
    ...(like !== undefined && { $or: [{ tenantId: { $like: like } }, { accountId: { $in: named } }] }),
  }
  const rows = await em.find(
    subscriptionRecord,
    before === undefined ? where : { $and: [where, { id: { $lt: before } }] },
    { orderBy: { id: 'desc' }, limit },
  )
  const accounts = await em.find(accountRecord, { id: { $in: rows.map((row) => row.accountId) } })
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const titles = new Map((await engine.services.list()).map((one) => [one.slug, entryOf(one).title]))
  return {
    total: await em.count(subscriptionRecord, where),
    subscriptions: rows.map((row) =>
      subscriptionView(row, { account: byId.get(row.accountId), title: titles.get(row.serviceSlug) ?? null }),
    ),
  }
}

async function accountsLike(em: ReturnType<MarketParts['engine']['store']['reader']>, like: string) {
  const where = { $or: [{ email: { $like: like } }, { name: { $like: like } }, { university: { $like: like } }] }
  return (await em.find(accountRecord, where, { fields: ['id'] })).map(({ id }) => id)
}

/** What stands around a subscription. */
export interface SubscriptionSurroundings {
  readonly account: AccountRecord | undefined
  /** Null when the service was taken out of the catalogue. */
  readonly title: BothLanguages | null
}

/** A subscription on the wire. */
export function subscriptionView(row: SubscriptionRecord, { account, title }: SubscriptionSurroundings) {
  return {
    id: row.id,
    service: row.serviceSlug,
    service_title: title ?? { ko: row.serviceSlug, en: row.serviceSlug },
    tenant_id: row.tenantId,
    application_id: row.applicationId,
    account: {
      id: row.accountId,
      email: account?.email ?? '',
      name: account?.name ?? '',
      university: account?.university ?? '',
    },
    kind: row.kind,
    plan: row.plan,
    status: row.status,
    start_date: row.startDate,
    end_date: row.endDate,
    access_url: row.accessUrl ?? null,
    /** Why the service did not do what it was last asked for. */
    problem: row.problem ?? null,
    next_actions: subscriptionActions(row.status),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  }
}
export type SubscriptionView = ReturnType<typeof subscriptionView>

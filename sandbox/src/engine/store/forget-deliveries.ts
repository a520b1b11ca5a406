import type { EntityManager } from '@mikro-orm/sql'

/** What an approved application still waits for has to stay: without it the market would send it anew. */
const ENDED = `state in ('delivered', 'failed', 'stopped') and finished_at < ? and not exists (
  select 1 from market_reviews r
  where r.application_id = deliveries.application_id and r.state = 'approved' and r.subscription_id is null)`

/** Deletes deliveries that ended before a time, with their attempts and events; says how many there were. */
export async function forgetDeliveries(em: EntityManager, before: Date): Promise<number> {
  const at = before.getTime()
  const [row] = await em.execute<{ count: number }[]>(`select count(*) as count from deliveries where ${ENDED}`, [at])
  const ended = `(select id from deliveries where ${ENDED})`
  await em.execute(`delete from attempts where delivery_id in ${ended}`, [at])
  await em.execute(`delete from events where delivery_id in ${ended}`, [at])
  await em.execute(`delete from deliveries where ${ENDED}`, [at])
  return Number(row?.count ?? 0)
}

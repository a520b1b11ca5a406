import type { EntityManager } from '@mt-paas/core'
import { type RecordingOptions, recordAll } from './record-all.ts'

const MEGABYTE = 1_048_576

/**
 * Records what the documents that are there took at the end of each day, once for each amount on each day; usage counts
 * the largest.
 */
export async function recordStorage(
  em: EntityManager,
  options: RecordingOptions,
  days: readonly Date[],
): Promise<void> {
  const rows = await em.execute<{ day: string; bytes: string }[]>(
    `select given.day, sum(d.bytes) as bytes from jsonb_array_elements_text(?::jsonb) as given(day)
      join documents d on d.created_at < (given.day::date + 1)::timestamp at time zone 'UTC'
      group by given.day order by given.day`,
    [JSON.stringify(days.map((day) => day.toISOString().slice(0, 10)))],
  )
  const records = rows.map(({ day, bytes }) => ({
    id: `storage:${day}:${bytes}`,
    tenantId: options.tenantId,
    metric: 'storage_mb',
    quantity: (Number(bytes) / MEGABYTE).toFixed(6),
    at: new Date(`${day}T00:00:00Z`),
  }))
  await recordAll(records, options)
}

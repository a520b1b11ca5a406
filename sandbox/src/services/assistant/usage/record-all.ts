import type { Usage, UsageRecord } from '@mt-paas/core'

/** Whose usage is recorded, and where. */
export interface RecordingOptions {
  readonly tenantId: string
  readonly usage: Pick<Usage, 'recordMany'>
}

const BATCH = 500

/** Records any number of items. What counts already, even of a user who was removed since, stays as it is. */
export async function recordAll(records: readonly UsageRecord[], { usage }: RecordingOptions): Promise<void> {
  for (let at = 0; at < records.length; at += BATCH) {
    for (const outcome of await usage.recordMany(records.slice(at, at + BATCH))) {
      if (outcome.status === 'invalid' || outcome.status === 'unknown_tenant') throw outcome.error
    }
  }
}

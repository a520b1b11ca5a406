import type { EntityManager, UsageRecord } from '@mt-paas/core'
import { type RecordingOptions, recordAll } from './record-all.ts'
import { recordStorage } from './record-storage.ts'

/** Whose usage is recorded, where and when. */
export interface MeterUsageOptions extends RecordingOptions {
  readonly now: () => Date
}

interface MessageRow {
  readonly id: string
  readonly userId: string | null
  readonly model: string | null
  readonly inputTokens: number
  readonly outputTokens: number
  readonly at: Date
}

interface SessionRow {
  readonly id: string
  readonly userId: string | null
  readonly at: Date
}

const ROWS = 1_000

/**
 * Records the usage of every session and message that is not recorded, and of what is stored. Rows are marked
 * afterwards, so what a crash leaves is recorded the next time; the ids of records make that harmless.
 */
export async function meterUsage(em: EntityManager, options: MeterUsageOptions): Promise<void> {
  for (;;) {
    const messages = await em.execute<MessageRow[]>(
      `select id, user_id as "userId", model, input_tokens as "inputTokens", output_tokens as "outputTokens",
        created_at as at from messages where not metered order by id limit ${ROWS}`,
    )
    const sessions = await em.execute<SessionRow[]>(
      `select id, user_id as "userId", started_at as at from sessions where not metered order by id limit ${ROWS}`,
    )
    const { tenantId } = options
    const records = [
      ...messages.flatMap((row) => messageRecords(row, tenantId)),
      ...sessions.map((row) => record(row, tenantId, { metric: 'sessions', quantity: 1 })),
    ]
    await recordAll(records, options)
    await mark(em, 'messages', messages)
    await mark(em, 'sessions', sessions)
    if (messages.length < ROWS && sessions.length < ROWS) break
  }
  await recordStorage(em, options, [options.now()])
}

function messageRecords(row: MessageRow, tenantId: string): UsageRecord[] {
  const message = record(row, tenantId, { metric: 'messages', quantity: 1 })
  if (row.model === null) return [message]
  const attributes = { model: row.model }
  return [
    message,
    { ...record(row, tenantId, { metric: 'api_calls', quantity: 1 }), attributes },
    { ...record(row, tenantId, { metric: 'input_tokens', quantity: row.inputTokens }), attributes },
    { ...record(row, tenantId, { metric: 'output_tokens', quantity: row.outputTokens }), attributes },
  ]
}

function record(
  { id, userId, at }: SessionRow,
  tenantId: string,
  used: Pick<UsageRecord, 'metric' | 'quantity'>,
): UsageRecord {
  return { ...used, id: `${used.metric}:${id}`, tenantId, at: new Date(at), ...(userId !== null && { userId }) }
}

async function mark(em: EntityManager, table: 'messages' | 'sessions', rows: readonly SessionRow[]): Promise<void> {
  if (rows.length === 0) return
  await em.execute(`update ${table} set metered = true where id in (?)`, [rows.map(({ id }) => id)])
}

import { z } from 'zod'
import { deliveryStates, failureReasons } from '../engine/index.ts'

/** Which deliveries are asked for. */
export const DeliveryLogFilter = z.object({
  state: z.enum(deliveryStates).optional(),
  /** Slug. */
  service: z.string().optional(),
  application_id: z.int().min(0).optional(),
  source: z.enum(['application', 'provision', 'custom', 'trigger']).optional(),
  /** Why one of its attempts failed. */
  reason: z.enum(failureReasons).optional(),
  /** Part of an id, an address, an applicant, a university or a tenant's id. */
  text: z.string().max(200).optional(),
  /** Made at this time or later. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Made before this time. */
  to: z.iso.datetime({ offset: true }).optional(),
  /** Only these: who shows them learns what became of them. */
  ids: z.array(z.string().max(100)).min(1).max(500).optional(),
})
export type DeliveryLogFilter = z.infer<typeof DeliveryLogFilter>

const SEARCHED = [
  'd.id',
  'd.url',
  'a.applicant_name',
  'a.applicant_email',
  'a.university_name',
  'a.tenant_id',
  'cast(d.application_id as text)',
]

/** A filter in SQL; `d` is the delivery. */
export function conditionsOf({ state, service, source, reason, text, from, to, ids, ...filter }: DeliveryLogFilter) {
  const like = text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
  const conditions: readonly (readonly [string, readonly unknown[]])[] = [
    ...(state ? [['d.state = ?', [state]] as const] : []),
    ...(service === undefined ? [] : [['d.service_slug = ?', [service]] as const]),
    ...(filter.application_id === undefined ? [] : [['d.application_id = ?', [filter.application_id]] as const]),
    ...(source ? [['d.source = ?', [source]] as const] : []),
    ...(reason ? [['d.id in (select delivery_id from attempts where reason = ?)', [reason]] as const] : []),
    ...(from === undefined ? [] : [['d.created_at >= ?', [Date.parse(from)]] as const]),
    ...(to === undefined ? [] : [['d.created_at < ?', [Date.parse(to)]] as const]),
    ...(ids ? [[`d.id in (${ids.map(() => '?').join(', ')})`, ids] as const] : []),
    ...(like === undefined
      ? []
      : [
          [`(${SEARCHED.map((name) => `${name} like ? escape '\\'`).join(' or ')})`, SEARCHED.map(() => like)] as const,
        ]),
  ]
  return {
    from: `from deliveries d ${like === undefined ? '' : 'left join applications a on a.id = d.application_id'}`,
    where: conditions.map(([sql]) => sql).join(' and ') || '1',
    values: conditions.flatMap(([, bound]) => bound),
  }
}

import { z } from 'zod'
import { isTenantId } from '../tenant/tenant-id.ts'
import { decimalText } from './exact-decimal.ts'
import { isShortText, isUsageAttributes, type UsageAttributes } from './usage-attributes.ts'

const EARLIEST = new Date('2000-01-01T00:00:00.000Z')
const LATEST = new Date('9999-12-31T23:59:59.999Z')

const shortText = z.string().refine(isShortText, 'Must be 1 to 255 characters, without NUL')

const quantity = z.union([z.string(), z.number()]).transform((value, context) => {
  const text = decimalText(value)
  if (text !== undefined) return text
  context.issues.push({
    code: 'custom',
    input: value,
    message: 'Must be a decimal from 0, of at most 26 digits and 12 after the point',
  })
  return z.NEVER
})

/** One item of usage. Its id makes recording it again harmless. */
export const UsageRecord = z.object({
  /** Unique for the tenant: the same id is the same usage. */
  id: shortText,
  tenantId: z.string().refine(isTenantId, 'Must be the id of a tenant'),
  /** What was used, such as `ai_tokens`; any name of small letters, digits and `_`. */
  metric: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'Must be a name of small letters, digits and _'),
  /** How much, in the unit of the metric. A text is exact; a number is the decimal that it prints as. */
  quantity,
  /** When it was used, not when it is recorded; from 2000 on. */
  at: z.date().min(EARLIEST, 'Must not be before 2000').max(LATEST, 'Must not be after 9999'),
  /** Whose use it was. @default nobody's in particular */
  userId: shortText.optional(),
  /** @default {} */
  attributes: z
    .custom<UsageAttributes>(isUsageAttributes, 'Must be plain JSON of at most 8 kB, with a short text as its model')
    .optional(),
})
/** What {@link Usage.record} takes. */
export type UsageRecord = z.input<typeof UsageRecord>

/** A usage record that can be kept. */
export type CheckedUsage = z.output<typeof UsageRecord>

import { z } from 'zod'

const PERIOD = /^\d{4}-(?:0?[1-9]|1[0-2])$/

/** Text of the answer to a period of another form. */
export const PERIOD_MESSAGE = 'period must be in YYYY-MM format'

/** Whether `value` names a billing month: year 0001–9999, dash, month 1–12 with one or two digits. */
export function isPeriod(value: string): boolean {
  return PERIOD.test(value) && !value.startsWith('0000')
}

/** A billing month in UTC, `YYYY-MM`, echoed as sent. Another form is answered with 400 instead of 422. */
export const Period = z
  .string()
  .refine(isPeriod, { message: PERIOD_MESSAGE, params: { status: 400 } })
  .meta({ description: 'Billing month in UTC, YYYY-MM', example: '2026-01' })

/** The span statistics are asked for, such as `30d`; free text that the service echoes. */
export const StatsPeriod = z
  .string()
  .default('30d')
  .meta({ description: 'Span of the statistics, free text, echoed', example: '30d' })

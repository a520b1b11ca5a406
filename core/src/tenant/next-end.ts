import { addDays, addMonths, daysInMonth, type UtcDay } from './utc-day.ts'

/** What the next end depends on. */
export interface SubscriptionTerm {
  readonly startDate: UtcDay
  /** Last day of the term. */
  readonly endDate: UtcDay
  /** Length of the next term. */
  readonly termMonths: number
}

/**
 * Last day of the next term. Terms that begin on the 29th to 31st do not drift: after a short month they go back to
 * the day on which the subscription began.
 */
export function nextEnd({ startDate, endDate, termMonths }: SubscriptionTerm): UtcDay {
  const begin = addDays(endDate, 1)
  const beginsShort = Number(begin.slice(8)) === daysInMonth(begin) && startDate.slice(8) > begin.slice(8)
  const aim = Number((beginsShort ? startDate : begin).slice(8))
  return addDays(addMonths(begin, termMonths, aim), -1)
}

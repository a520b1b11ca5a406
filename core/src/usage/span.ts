import { StandardApiError } from '@mt-paas/server'
import { isPeriod, PERIOD_MESSAGE } from '@mt-paas/server/contract'

/** A stretch of whole UTC days, half-open: `from` and all later moments before `to`. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

const DAY = 86_400_000
const DEFAULT_DAYS = 30
const MOST_DAYS = 3_660
const DAYS_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ['d', 1],
  ['w', 7],
  ['m', 30],
  ['y', 365],
])

/**
 * The days of a billing month; `2026-1` and `2026-01` are the same.
 * @throws StandardApiError 400 for another form
 */
export function monthSpan(period: string): Span {
  if (!isPeriod(period)) throw StandardApiError.badRequest(PERIOD_MESSAGE)
  const [year = 0, month = 0] = period.split('-').map(Number)
  return { from: firstOfMonth(year, month), to: firstOfMonth(year, month + 1) }
}

/**
 * The days that a period of statistics means, the day of `now` included: `7d`, `2w`, `3m` of 30 days each, `1y`, or a
 * month such as `2026-01`. The contract leaves the text free, so anything else is 30 days; the longest is ten years.
 */
export function statsSpan(period: string, now: Date): Span {
  if (isPeriod(period)) return monthSpan(period)
  const [, amount = DEFAULT_DAYS, unit = 'd'] = /^(\d{1,6})([dwmy])$/.exec(period) ?? []
  const days = Math.min(Math.max(Number(amount) * (DAYS_OF_UNIT.get(unit) ?? 1), 1), MOST_DAYS)
  const today = Math.floor(now.getTime() / DAY) * DAY
  return { from: new Date(today - (days - 1) * DAY), to: new Date(today + DAY) }
}

/** A day as PostgreSQL reads it; ISO 8601 signs years beyond 9999, PostgreSQL does not. */
export function sqlDay(date: Date): string {
  return date.toISOString().replace(/^\+0*/, '').replace(/T.*/, '')
}

/** Not `Date.UTC(year, …)`, which takes the years 0 to 99 for those of the last century. */
function firstOfMonth(year: number, month: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, 1)
  return date
}

/** A stretch of whole UTC days, half-open. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

const DAY = 86_400_000
const DEFAULT_DAYS = 30
const MOST_DAYS = 3_660
const DAYS_OF_UNIT: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 }

/**
 * The days that a period of statistics means, today included: `7d`, `2w`, `3m`, `1y`, or a month such as `2026-01`.
 * The contract leaves the text free, so anything else is 30 days.
 */
export function statsSpan(period: string, now: Date): Span {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(period) ?? []
  if (year !== undefined && Number(year) > 0 && Number(month) >= 1 && Number(month) <= 12) return monthSpan(period)
  const [, amount, unit = ''] = /^(\d{1,6})([dwmy])$/.exec(period) ?? []
  const days = Number(amount ?? DEFAULT_DAYS) * (DAYS_OF_UNIT[unit] ?? 1)
  const today = Math.floor(now.getTime() / DAY) * DAY
  return { from: new Date(today - (Math.min(Math.max(days, 1), MOST_DAYS) - 1) * DAY), to: new Date(today + DAY) }
}

/** The days of a billing month, `YYYY-MM` or `YYYY-M`. */
export function monthSpan(period: string): Span {
  const [year = 0, month = 1] = period.split('-').map(Number)
  return { from: firstOfMonth(year, month), to: firstOfMonth(year, month + 1) }
}

/** Not Date.UTC(year, …), which takes the years 0 to 99 for those of the last century. */
function firstOfMonth(year: number, month: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, 1)
  return date
}

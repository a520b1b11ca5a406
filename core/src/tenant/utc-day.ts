/** A day of the calendar in UTC, `YYYY-MM-DD`; days compare like texts. */
export type UtcDay = string

const DAY = 86_400_000
const FORM = /^\d{4}-\d{2}-\d{2}$/

/** Whether the text is a day that exists, in the years 0001 to 9999. */
export function isUtcDay(text: string): boolean {
  if (!FORM.test(text) || text.startsWith('0000')) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The day of a moment. */
export function utcDay(date: Date): UtcDay {
  return date.toISOString().slice(0, 10)
}

/** The first moment of a day. */
export function startOfDay(day: UtcDay): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The last second of a day, which a deadline that includes the day is told as. */
export function endOfDay(day: UtcDay): Date {
  return new Date(`${day}T23:59:59Z`)
}

/** The day so many days later, or earlier. */
export function addDays(day: UtcDay, days: number): UtcDay {
  return utcDay(new Date(startOfDay(day).getTime() + days * DAY))
}

/** The day so many months later, in a month that has no such day its last one; `dayOfMonth` is the day aimed at. */
export function addMonths(day: UtcDay, months: number, dayOfMonth = Number(day.slice(8))): UtcDay {
  const month = startOfDay(`${day.slice(0, 8)}01`)
  month.setUTCMonth(month.getUTCMonth() + months)
  const first = utcDay(month)
  return addDays(first, Math.min(dayOfMonth, daysInMonth(first)) - 1)
}

/** How many days the month of a day has. */
export function daysInMonth(day: UtcDay): number {
  const next = startOfDay(`${day.slice(0, 8)}01`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return new Date(next.getTime() - DAY).getUTCDate()
}

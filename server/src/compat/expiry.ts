import type { Application } from './application.ts'

const DAY_MS = 86_400_000
const DEMO_DAYS = 30
const SERVICE_DAYS = 365
const DATE = /^\d{4}-\d{2}-\d{2}$/

/**
 * When a tenant ends, in UTC: a demo after 30 days; a service at the end of its last day, or after 365 days when no
 * usable date was given.
 */
export function expiryOf({ kind, endDate }: Application, now: Date): Date {
  if (kind === 'demo') return new Date(now.getTime() + DEMO_DAYS * DAY_MS)
  return endOfDay(endDate) ?? new Date(now.getTime() + SERVICE_DAYS * DAY_MS)
}

function endOfDay(date: string | null): Date | undefined {
  if (date === null || !DATE.test(date)) return undefined
  const end = new Date(`${date}T23:59:59Z`)
  const isReal = !Number.isNaN(end.getTime()) && end.toISOString().startsWith(date)
  return isReal ? end : undefined
}

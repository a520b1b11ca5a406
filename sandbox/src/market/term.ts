/** ms */
export const DAY = 86_400_000
/** How long a demo lasts. */
export const DEMO_DAYS = 30

/** `YYYY-MM-DD`, UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** The day some days later. */
export function daysAfter(time: Date, days: number): string {
  return dayOf(new Date(time.getTime() + days * DAY))
}

/** The moment after the last day of a term. */
export function endOf(endDate: string): Date {
  return new Date(Date.parse(`${endDate}T00:00:00Z`) + DAY)
}

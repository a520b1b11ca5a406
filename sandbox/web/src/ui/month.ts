const MONTH = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])$/

/** Whether a text names a month as `2026-01`. */
export function isMonth(text: string | null): text is string {
  return text !== null && MONTH.test(text)
}

/** The month some months later, within the years 1 to 9999. */
export function monthAfter(month: string, count: number): string {
  const [year = 1, number = 1] = month.split('-').map(Number)
  const all = Math.min(Math.max(year * 12 + number - 1 + count, 12), 119_999)
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((all % 12) + 1).padStart(2, '0')}`
}

/** The month of a moment, UTC. */
export function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7)
}

/** The wait a `Retry-After` header asks for, in ms: seconds or an HTTP date. Null when it says neither. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  // Only the form of HTTP dates: the parser of JavaScript takes `-1` for one.
  const date = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}

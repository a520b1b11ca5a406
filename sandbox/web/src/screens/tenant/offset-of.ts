/** Rows that the address passes over; 0 for what is no number. */
export function offsetOf(address: URLSearchParams): number {
  const offset = Number(address.get('offset') ?? 0)
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0
}

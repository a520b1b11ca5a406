/** A timestamp on the wire: UTC with whole seconds. */
export function wireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const LONGEST = 8_640_000_000

/** A distance in time such as `90s` or `75h` in ms; null when it is none, or longer than 100 days. */
export function parseDistance(text: string): number | null {
  const [, count, unit] = /^\s*(\d+(?:\.\d+)?)\s*([smhd])\s*$/i.exec(text) ?? []
  const ms = Number(count) * (units[unit?.toLowerCase() ?? ''] ?? Number.NaN)
  return ms >= 0 && ms <= LONGEST ? ms : null
}

/** A distance as {@link parseDistance} reads it, in the largest unit that leaves no rest. */
export function writtenDistance(ms: number): string {
  const unit = (['d', 'h', 'm'] as const).find((one) => ms > 0 && ms % Number(units[one]) === 0) ?? 's'
  return `${ms / Number(units[unit])}${unit}`
}

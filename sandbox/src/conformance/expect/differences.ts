const MOST = 8

/** Where two JSON values differ, a line a place, at most eight; empty when they are equal. */
export function differences(expected: unknown, received: unknown): readonly string[] {
  const lines: string[] = []
  compare(expected, received, { place: '', lines })
  return lines.length > MOST ? [...lines.slice(0, MOST), '…'] : lines
}

interface Comparison {
  readonly place: string
  readonly lines: string[]
}

function compare(expected: unknown, received: unknown, { place, lines }: Comparison): void {
  if (Object.is(expected, received) || (expected === 0 && received === 0)) return
  if (!isObject(expected) || !isObject(received) || Array.isArray(expected) !== Array.isArray(received)) {
    lines.push(`${place || '.'}: ${shown(expected)} → ${shown(received)}`)
    return
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
    const below = Array.isArray(expected) ? `${place}[${key}]` : `${place}.${key}`
    if (!Object.hasOwn(received, key)) lines.push(`- ${below}: ${shown(expected[key])}`)
    else if (!Object.hasOwn(expected, key)) lines.push(`+ ${below}: ${shown(received[key])}`)
    else compare(expected[key], received[key], { place: below, lines })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

import { textTable } from '../text-table.ts'

/** A table of values of any kind; long ones are cut. */
export function recordTable(headings: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return textTable(
    headings,
    rows.map((row) => row.map(shownValue)),
  )
}

const LONGEST = 80

/** A value as a table or a line shows it: without control characters, and no longer than 80 characters. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '-'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const printable = text.replaceAll(/\p{Cc}/gu, '\u{FFFD}')
  return printable.length > LONGEST ? `${printable.slice(0, LONGEST - 1)}…` : printable
}

/** Text of several lines; other control characters could move the cursor. */
export function shownLines(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}')
}

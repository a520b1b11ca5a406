/** A cell of a CSV file. */
export type CsvCell = string | number | boolean | null | undefined

/**
 * Writes CSV by RFC 4180, with a byte order mark so that spreadsheets read Hangul. Text that a spreadsheet would take
 * for a formula gets an apostrophe in front.
 */
export function csv(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: CsvCell): string {
  if (value == null) return ''
  if (typeof value !== 'string') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

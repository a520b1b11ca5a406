/** Cells that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** Rows of one shape as CSV by RFC 4180, with a header, and a mark that makes spreadsheets read Korean. */
export function csvOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const [first] = rows
  const names = Object.keys(first ?? {})
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))]
  return `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

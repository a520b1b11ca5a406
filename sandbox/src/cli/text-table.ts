import stringWidth from 'string-width'

/** Rows under headings, in columns that are as wide as they must be; Hangul is two columns of the terminal wide. */
export function textTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((row) => headings.map((_, column) => printable(row[column] ?? '')))
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))))
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`
  const body = lines.map((line) => `│ ${line.map((cell, column) => padded(cell, widths[column] ?? 0)).join(' │ ')} │`)
  const [head = '', ...rest] = body
  return [rule('┌', '┬', '┐'), head, rule('├', '┼', '┤'), ...rest, rule('└', '┴', '┘'), ''].join('\n')
}

/** Names and values, one pair a line. */
export function pairTable(pairs: readonly (readonly [string, string])[]): string {
  const rows = pairs.map(([name, value]) => [name, printable(value)] as const)
  const [left, right] = [0, 1].map((column) => Math.max(0, ...rows.map((row) => stringWidth(row[column] ?? ''))))
  const line = (width = 0) => '─'.repeat(width + 2)
  const body = rows.map(([name, value]) => `│ ${padded(name, left ?? 0)} │ ${padded(value, right ?? 0)} │`)
  return [`┌${line(left)}┬${line(right)}┐`, ...body, `└${line(left)}┴${line(right)}┘`, ''].join('\n')
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

/** Values come from tenants; control characters could move the cursor or colour the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{FFFD}')
}

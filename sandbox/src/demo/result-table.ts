import stringWidth from 'string-width'
import type { Dictionary } from '../text/index.ts'
import type { DemoResult } from './demo-result.ts'

/** The result as a table of two columns; Hangul is two columns of the terminal wide. */
export function resultTable(result: DemoResult, { table }: Dictionary): string {
  const seconds = (ms: number) => table.seconds((ms / 1_000).toFixed(2))
  const rows = [
    [table.tenant, result.tenant_id],
    [table.university, result.tenant_name],
    [table.database, result.database],
    [table.status, result.status],
    [table.plan, result.plan],
    [table.users, String(result.users)],
    [table.administrator, result.administrators.join(', ')],
    ...(result.expires_at ? [[table.expires, result.expires_at]] : []),
    [table.accessUrl, result.access_url],
    [table.provisioned, `${seconds(result.provisioning_ms)} (${result.reused ? table.reused : table.created})`],
    [table.total, seconds(result.total_ms)],
  ]
  return frame(rows.map(([label = '', value = '']) => [label, printable(value)] as const))
}

function frame(rows: readonly (readonly [string, string])[]): string {
  const [left, right] = [0, 1].map((column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))))
  const line = (width: number) => '─'.repeat(width + 2)
  const [one, other] = [line(left ?? 0), line(right ?? 0)]
  const body = rows.map(([label, value]) => `│ ${padded(label, left ?? 0)} │ ${padded(value, right ?? 0)} │`)
  return [`┌${one}┬${other}┐`, ...body, `└${one}┴${other}┘`, ''].join('\n')
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - stringWidth(text))
}

/** Values come from a service; control characters could move the cursor or colour the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{FFFD}')
}

import { figure, type Goal, isReached, type SuiteReport, type Table } from './report.ts'

/** A suite as Markdown, which is also what the terminal shows. */
export function renderSuite({ title, notes, tables, goals }: SuiteReport): string {
  const parts = [`## ${title}`, ...notes, ...tables.map(renderTable)]
  if (goals.length > 0) parts.push(renderTable(goalTable(goals)))
  const reasons = goals.flatMap((goal) => (goal.why && !isReached(goal) ? `- ${goal.name}: ${goal.why}` : []))
  if (reasons.length > 0) parts.push(reasons.join('\n'))
  return parts.join('\n\n')
}

function goalTable(goals: readonly Goal[]): Table {
  return {
    title: 'Goals',
    columns: ['goal', 'measured', 'target', ''],
    rows: goals.map((goal) => {
      const { name, value, target, better, unit } = goal
      const sign = better === 'more' ? '≥' : '≤'
      return [name, `${figure(value)}${unit}`, `${sign} ${figure(target)}${unit}`, verdict(goal)]
    }),
  }
}

/** Of a goal that is missed, how far off it is. */
function verdict(goal: Goal): string {
  if (isReached(goal)) return 'reached'
  const { value, target, better } = goal
  const near = better === 'more' ? value / target : target / value
  return `**missed**, ${Math.round(near * 100)} % of it`
}

function renderTable({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)))
  const render = (line: readonly string[]) =>
    `| ${widths.map((width, at) => pad(line[at] ?? '', width, at > 0)).join(' | ')} |`
  const ruler = `|${widths.map((width, at) => `${'-'.repeat(width + 1)}${at > 0 ? ':' : '-'}`).join('|')}|`
  const [head = [], ...body] = lines
  return [`### ${title}`, '', render(head), ruler, ...body.map(render)].join('\n')
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}

import type { Language } from '../../text/index.ts'
import { valueWord } from '../../text/value-words.ts'
import type { CommandLine } from '../command/command-context.ts'
import type { RunCommand } from '../command/command-spec.ts'
import { CommandError } from '../command-error.ts'
import { readBody } from '../simulator/body-option.ts'
import { parseDuration } from '../simulator/duration.ts'
import { recordTable, shownLines } from '../simulator/record-table.ts'
import { withSimulator } from '../simulator/with-simulator.ts'
import type { RemoteCall, RemoteColumn, RemoteList, RemoteMember } from './remote-call.ts'

type Members = Readonly<Record<string, unknown>>

/** A command that calls one operation of a running market. */
export function remoteCommand(call: RemoteCall): RunCommand {
  return withSimulator(async ({ client, line, print, say }) => {
    const input = await inputOf(call, line)
    const named = [...call.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const path = named.reduce(
      (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(input[name]))),
      call.path,
    )
    const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !named.includes(name)))
    const { method } = call
    const answer = await (method === 'GET'
      ? client.get<Members>(
          path,
          Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
        )
      : client.send<Members>(method, path, rest))
    const rows = rowsOf(call, answer)
    if (rows.length === 0) say(line.text.simulator.nothing)
    print(answer, () => shownAnswer(call, answer, line))
    const isFailure = answer.state === 'failed' || answer.verdict === 'failed'
    return isFailure || (typeof answer.skipped === 'number' && answer.skipped > 0) ? 1 : 0
  })
}

/** The input of an operation, as the command line tells it. @throws CommandError */
export async function inputOf({ members }: RemoteCall, line: CommandLine): Promise<Members> {
  const input: Record<string, unknown> = {}
  for (const member of members) {
    const { from, sets, spread } = member
    if (sets !== undefined && line.has(String(from))) input[member.member] = sets
    const text = typeof from === 'number' ? line.arguments[from] : line.value(from)
    if (sets !== undefined || text === undefined) continue
    const value = await memberOf(member, text, line)
    if (spread) Object.assign(input, value)
    else put(input, member.member, value)
  }
  return input
}

/** Puts a value where a dotted name says. */
function put(input: Record<string, unknown>, name: string, value: unknown): void {
  const [outer = '', inner] = name.split('.')
  const before = input[outer]
  input[outer] = inner === undefined ? value : { ...(typeof before === 'object' ? before : {}), [inner]: value }
}

async function memberOf({ kind, from, label }: RemoteMember, text: string, line: CommandLine): Promise<unknown> {
  if (kind === 'list') return text.split(',').map((word) => word.trim())
  const bad = (expected: string) =>
    CommandError.badValue(line.text.simulator, label ? `<${label[line.text.language]}>` : `--${from}`, {
      value: text,
      expected,
    })
  if (kind === 'number') {
    if (!/^\d{1,15}$/.test(text)) throw bad('0–999999999999999')
    return Number(text)
  }
  if (kind === 'duration') {
    const ms = parseDuration(text)
    if (ms === undefined) throw bad('90s, 1h30m, 30d')
    return ms
  }
  if (kind === 'text') return text
  try {
    const value: unknown = JSON.parse(await readBody(text, line.text.simulator))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (error instanceof CommandError) throw error
  }
  throw bad('JSON')
}

function rowsOf({ rows }: RemoteCall, answer: Members): readonly unknown[] {
  if (rows === undefined) return [answer]
  const found = answer[rows]
  return Array.isArray(found) ? found : []
}

/** An answer as a person reads it. */
export function shownAnswer(call: RemoteCall, answer: Members, line: CommandLine): string {
  const { columns, rows, words, list } = call
  const { language } = line.text
  const found = rowsOf(call, answer)
  const isTable = rows !== undefined || columns.some((column) => at(found[0], column, language) !== undefined)
  if (!isTable) return `${line.text.command.done}\n`
  const below = list && listed(list, answer, language)
  const text = words && at(answer, { path: words }, language)
  return [tableOf(columns, found, language), below && `\n${below}`, text && `\n${shownLines(String(text))}\n`]
    .filter(Boolean)
    .join('')
}

function listed({ member, columns, where }: RemoteList, answer: Members, language: Language): string {
  const all: unknown = answer[member]
  const shown = (Array.isArray(all) ? all : []).filter((row) => !where || at(row, where, language) === where.is)
  return shown.length === 0 ? '' : tableOf(columns, shown, language)
}

function tableOf(columns: readonly RemoteColumn[], found: readonly unknown[], language: Language): string {
  return recordTable(
    columns.map(({ heading }) => heading[language]),
    found.map((row) => columns.map((column) => cellOf(row, column, language))),
  )
}

function cellOf(row: unknown, column: RemoteColumn, language: Language): unknown {
  const value = at(row, column, language)
  return column.words ? valueWord(column.words, value, language) : value
}

function at(value: unknown, { path }: Pick<RemoteColumn, 'path'>, language: Language): unknown {
  return path
    .replace('{lang}', language)
    .split('.')
    .reduce<unknown>((found, name) => {
      return typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
    }, value)
}

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type Dictionary, dictionary, isLanguage, systemLanguage } from '../../text/index.ts'

/** What a command takes beside `--lang`, `--json` and `--help`. */
export interface CommandLineSpec {
  readonly options: ParseArgsOptionsConfig
  /** Arguments that are needed, then those that may follow. */
  readonly needed: readonly string[]
  readonly optional: number
}

/** What a command was asked for. */
export interface CommandLine {
  readonly text: Dictionary
  readonly json: boolean
  readonly arguments: readonly string[]
  /** The last of a repeated option; undefined when it was not given. */
  value(name: string): string | undefined
  /** All of a repeated option. */
  values(name: string): readonly string[]
  has(name: string): boolean
}

/** Arguments read, or why they cannot be. */
export type ParsedCommandLine =
  | { readonly kind: 'run'; readonly line: CommandLine }
  | { readonly kind: 'help'; readonly text: Dictionary }
  | { readonly kind: 'invalid'; readonly text: Dictionary; readonly complaint: string }

const COMMON = {
  lang: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

/** Reads the arguments after a command's name. */
export function parseCommandLine(
  args: readonly string[],
  spec: CommandLineSpec,
  env: Readonly<Record<string, string | undefined>>,
): ParsedCommandLine {
  const options: ParseArgsOptionsConfig = { ...spec.options, ...COMMON }
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  const found = new Map<string, string[]>()
  const positionals: string[] = []
  const complaints: ((text: Dictionary) => string)[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) complaints.push(({ command }) => command.unknownOption(rawName))
    else if (option.type === 'boolean' && value !== undefined) {
      complaints.push(({ command }) => command.unexpectedArgument(`${rawName}=${value}`))
    } else if (option.type === 'string' && (!value || (!inlineValue && value.startsWith('-')))) {
      complaints.push(({ command }) => command.missingValue(rawName))
    } else found.set(name, [...(found.get(name) ?? []), value ?? ''])
  }
  const system = systemLanguage(env)
  const lang = found.get('lang')?.at(-1) ?? system
  const text = dictionary(isLanguage(lang) ? lang : system)
  if (found.has('help')) return { kind: 'help', text }
  if (!isLanguage(lang)) complaints.push(({ command }) => command.badLanguage(lang))
  const missing = spec.needed[positionals.length]
  if (missing !== undefined) complaints.push(({ simulator }) => simulator.missingArgument(missing))
  const extra = positionals[spec.needed.length + spec.optional]
  if (extra !== undefined) complaints.push(({ command }) => command.unexpectedArgument(extra))
  const [complaint] = complaints
  if (complaint) return { kind: 'invalid', text, complaint: complaint(text) }
  const line = {
    text,
    json: found.has('json'),
    arguments: positionals,
    value: (name: string) => found.get(name)?.at(-1),
    values: (name: string) => found.get(name) ?? [],
    has: (name: string) => found.has(name),
  }
  return { kind: 'run', line }
}

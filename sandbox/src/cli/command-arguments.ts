import { parseArgs } from 'node:util'
import { type Dictionary, dictionary, isLanguage, systemLanguage } from '../text/index.ts'

/** An option: a switch, a text, or a number. */
export type OptionRule =
  | { readonly type: 'switch' }
  | { readonly type: 'text'; readonly oneOf?: readonly string[] }
  | { readonly type: 'number'; readonly least: number; readonly most: number }

/** What a command takes. Every command takes `--help`, `--json`, `--lang` and `--data-dir` as well. */
export interface CommandRule {
  readonly options: Readonly<Record<string, OptionRule>>
  /** Names of the arguments without a dash, all of them required. */
  readonly places: readonly string[]
}

/** What a command was asked to do. */
export interface CommandValues {
  /** Arguments without a dash, in order. */
  readonly places: readonly string[]
  /** Options as they were given, by name without the dashes; a switch that was given is ''. */
  readonly options: ReadonlyMap<string, string>
  readonly json: boolean
  /** As it was given, perhaps relative; undefined leaves it to the environment. */
  readonly dataDir: string | undefined
}

/** What arguments ask for; texts in the language they ask for as well. */
export type ParsedArguments =
  | { readonly kind: 'run'; readonly text: Dictionary; readonly values: CommandValues }
  | { readonly kind: 'help'; readonly text: Dictionary }
  | { readonly kind: 'invalid'; readonly text: Dictionary; readonly complaint: Complaint }

/** What is wrong with arguments. */
export type Complaint =
  | { readonly problem: 'unknown-option' | 'missing-value' | 'unexpected' | 'missing-argument'; readonly value: string }
  | { readonly problem: 'language'; readonly value: string }
  | { readonly problem: 'choice'; readonly value: string; readonly choices: readonly string[] }
  | { readonly problem: 'number'; readonly value: string; readonly least: number; readonly most: number }

const COMMON: CommandRule['options'] = {
  help: { type: 'switch' },
  json: { type: 'switch' },
  lang: { type: 'text' },
  'data-dir': { type: 'text' },
}

/** Reads the arguments after the name of a command. The last of a repeated option counts. */
export function parseCommandArguments(
  args: readonly string[],
  { options: own, places: names }: CommandRule,
  env: Readonly<Record<string, string | undefined>>,
): ParsedArguments {
  const rules = { ...COMMON, ...own }
  const types = Object.entries(rules).map(
    ([name, { type }]) => [name, { type: type === 'switch' ? 'boolean' : 'string' }] as const,
  )
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  })
  const options = new Map<string, string>()
  const places: string[] = []
  const complaints: Complaint[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') places.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    const problem = rule ? problemOf(rule, { rawName, value, inline: inlineValue ?? false }) : undefined
    if (!rule) complaints.push({ problem: 'unknown-option', value: rawName })
    else if (problem) complaints.push(problem)
    else options.set(name, value ?? '')
  }
  for (const extra of places.slice(names.length)) complaints.push({ problem: 'unexpected', value: extra })
  for (const missing of names.slice(places.length)) complaints.push({ problem: 'missing-argument', value: missing })
  return checked({ options, places }, complaints, systemLanguage(env))
}

interface GivenOption {
  readonly rawName: string
  readonly value: string | undefined
  readonly inline: boolean
}

function problemOf(rule: OptionRule, { rawName, value, inline }: GivenOption): Complaint | undefined {
  if (rule.type === 'switch')
    return value === undefined ? undefined : { problem: 'unexpected', value: `${rawName}=${value}` }
  if (!value || (!inline && value.startsWith('-'))) return { problem: 'missing-value', value: rawName }
  if (rule.type === 'text') {
    const { oneOf } = rule
    return oneOf && !oneOf.includes(value) ? { problem: 'choice', value: rawName, choices: oneOf } : undefined
  }
  const { least, most } = rule
  const fits = /^\d+(?:\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most
  return fits ? undefined : { problem: 'number', value: rawName, least, most }
}

function checked(
  { options, places }: Pick<CommandValues, 'options' | 'places'>,
  complaints: readonly Complaint[],
  system: Dictionary['language'],
): ParsedArguments {
  const lang = options.get('lang') ?? system
  const text = dictionary(isLanguage(lang) ? lang : system)
  if (options.has('help')) return { kind: 'help', text }
  const [complaint] = complaints
  if (complaint) return { kind: 'invalid', text, complaint }
  if (!isLanguage(lang)) return { kind: 'invalid', text, complaint: { problem: 'language', value: lang } }
  const json = options.has('json')
  return { kind: 'run', text, values: { places, options, json, dataDir: options.get('data-dir') } }
}

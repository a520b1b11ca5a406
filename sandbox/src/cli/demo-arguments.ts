import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { ADVISOR_PORT } from '../services/advisor/advisor-service.ts'
import { type Dictionary, dictionary, isLanguage, systemLanguage } from '../text/index.ts'

/** What `mt-paas demo` was asked to do. */
export interface DemoArguments {
  readonly port: number
  /** As it was given, perhaps relative. */
  readonly dataDir: string
  readonly once: boolean
  readonly json: boolean
}

/** What the arguments of `mt-paas demo` ask for; texts in the language they ask for as well. */
export type ParsedDemoArguments =
  | { readonly kind: 'run'; readonly text: Dictionary; readonly values: DemoArguments }
  | { readonly kind: 'help'; readonly text: Dictionary }
  | { readonly kind: 'invalid'; readonly text: Dictionary; readonly complaint: string }

/** What is done when nothing else is asked for. */
export const demoDefaults = Object.freeze({ port: ADVISOR_PORT, dataDir: '.mt-paas' })

const OPTIONS = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  lang: { type: 'string' },
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

type OptionName = keyof typeof OPTIONS

/** Reads the arguments after `demo`. The last of a repeated option counts. */
export function parseDemoArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedDemoArguments {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true })
  const values = new Map<OptionName, string>()
  const complaints: ((text: Dictionary) => string)[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') complaints.push(({ command }) => command.unexpectedArgument(token.value))
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    if (!isOption(name)) complaints.push(({ command }) => command.unknownOption(rawName))
    else if (OPTIONS[name].type === 'boolean' && value !== undefined) {
      complaints.push(({ command }) => command.unexpectedArgument(`${rawName}=${value}`))
    } else if (OPTIONS[name].type === 'string' && (!value || (!inlineValue && value.startsWith('-')))) {
      complaints.push(({ command }) => command.missingValue(rawName))
    } else values.set(name, value ?? '')
  }
  return checked(values, complaints, systemLanguage(env))
}

function checked(
  values: ReadonlyMap<OptionName, string>,
  complaints: readonly ((text: Dictionary) => string)[],
  system: Dictionary['language'],
): ParsedDemoArguments {
  const lang = values.get('lang') ?? system
  const text = dictionary(isLanguage(lang) ? lang : system)
  if (values.has('help')) return { kind: 'help', text }
  const [complaint] = complaints
  if (complaint) return { kind: 'invalid', text, complaint: complaint(text) }
  if (!isLanguage(lang)) return { kind: 'invalid', text, complaint: text.command.badLanguage(lang) }
  const port = values.get('port') ?? String(demoDefaults.port)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { kind: 'invalid', text, complaint: text.command.badPort(port) }
  }
  const dataDir = values.get('data-dir') ?? demoDefaults.dataDir
  const flags = { once: values.has('once'), json: values.has('json') }
  return { kind: 'run', text, values: { port: Number(port), dataDir, ...flags } }
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name)
}

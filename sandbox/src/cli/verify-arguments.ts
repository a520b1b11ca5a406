import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Level } from '../conformance/check.ts'
import { type ReportKind, reportKinds } from '../conformance/report/report-files.ts'
import type { VerifyOptions } from '../conformance/verify-service.ts'
import { type Dictionary, dictionary, isLanguage, systemLanguage } from '../text/index.ts'
import { type VerifyWords, verifyWords } from './verify-words.ts'

/** What `mt-paas verify` was asked to do. */
export interface VerifyArguments {
  readonly options: VerifyOptions & { readonly apiKey: string; readonly prefix: string }
  readonly selfTest: boolean
  readonly thorough: boolean
  readonly json: boolean
  readonly reports: readonly ReportKind[]
  readonly out: string
  readonly baseline: string | undefined
  /** Command that starts the service. */
  readonly run: string | undefined
}

/** What the arguments ask for; texts in the language they ask for as well. */
export type ParsedVerifyArguments = {
  readonly text: Dictionary
  readonly words: VerifyWords
} & (
  | { readonly kind: 'run'; readonly values: VerifyArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly complaint: string }
)

const OPTIONS = {
  'api-key': { type: 'string' },
  'api-key-header': { type: 'string' },
  prefix: { type: 'string' },
  'webhook-path': { type: 'string' },
  tenant: { type: 'string' },
  only: { type: 'string' },
  skip: { type: 'string' },
  level: { type: 'string' },
  seed: { type: 'string' },
  timeout: { type: 'string' },
  report: { type: 'string' },
  out: { type: 'string' },
  baseline: { type: 'string' },
  run: { type: 'string' },
  lang: { type: 'string' },
  'allow-remote': { type: 'boolean' },
  'self-test': { type: 'boolean' },
  thorough: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

type OptionName = keyof typeof OPTIONS
type Env = Readonly<Record<string, string | undefined>>

/** Reads the arguments after `verify`. The last of a repeated option counts. */
export function parseVerifyArguments(args: readonly string[], env: Env): ParsedVerifyArguments {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true })
  const given = new Map<OptionName, string>()
  const places: string[] = []
  const complaints: ((text: Dictionary) => string)[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') places.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    if (!isOption(name)) complaints.push(({ command }) => command.unknownOption(rawName))
    else if (OPTIONS[name].type === 'boolean' && value !== undefined) {
      complaints.push(({ command }) => command.unexpectedArgument(`${rawName}=${value}`))
    } else if (OPTIONS[name].type === 'string' && (!value || (!inlineValue && value.startsWith('-')))) {
      complaints.push(({ command }) => command.missingValue(rawName))
    } else given.set(name, value ?? '')
  }
  const [, extra] = places
  if (extra !== undefined) complaints.push(({ command }) => command.unexpectedArgument(extra))
  return checked({ given, url: places[0], complaint: complaints[0] }, env)
}

interface Given {
  readonly given: ReadonlyMap<OptionName, string>
  readonly url: string | undefined
  readonly complaint: ((text: Dictionary) => string) | undefined
}

function checked({ given, url, complaint }: Given, env: Env): ParsedVerifyArguments {
  const system = systemLanguage(env)
  const lang = given.get('lang') ?? system
  const text = dictionary(isLanguage(lang) ? lang : system)
  const words = verifyWords(text.language)
  const invalid = (problem: string) => ({ kind: 'invalid', text, words, complaint: problem }) as const
  if (given.has('help')) return { kind: 'help', text, words }
  if (complaint) return invalid(complaint(text))
  if (!isLanguage(lang)) return invalid(text.command.badLanguage(lang))
  const level = (given.get('level') ?? 'must').toUpperCase()
  if (!isLevel(level)) return invalid(words.badLevel(given.get('level') ?? ''))
  const timeoutMs = Number(given.get('timeout') ?? 10_000)
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    return invalid(words.badTimeout(given.get('timeout') ?? ''))
  }
  const reports = listOf(given.get('report'))
  const unknown = reports.find((kind) => !isReportKind(kind))
  if (unknown !== undefined) return invalid(words.badReport(unknown, reportKinds.join(', ')))
  if (url === undefined && !given.has('self-test')) return invalid(words.missingUrl)
  const [apiKeyHeader, webhookPath, seed] = [given.get('api-key-header'), given.get('webhook-path'), given.get('seed')]
  const readTenant = given.get('tenant')
  const options = {
    url: url ?? '',
    apiKey: given.get('api-key') ?? (env.MARKET_API_KEY?.split(',')[0] || 'mt_dev_key_12345'),
    prefix: given.get('prefix') ?? '/mt',
    ...(apiKeyHeader !== undefined && { apiKeyHeader }),
    ...(webhookPath !== undefined && { webhookPath }),
    ...(seed !== undefined && { seed }),
    ...(readTenant !== undefined && { readTenant }),
    only: listOf(given.get('only')),
    skip: listOf(given.get('skip')),
    level,
    timeoutMs,
    allowRemote: given.has('allow-remote'),
  }
  const values = {
    options,
    selfTest: given.has('self-test'),
    thorough: given.has('thorough'),
    json: given.has('json'),
    reports: reports.filter(isReportKind),
    out: given.get('out') ?? 'conformance-report',
    baseline: given.get('baseline'),
    run: given.get('run'),
  }
  return { kind: 'run', text, words, values }
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name)
}

function isLevel(value: string): value is Level {
  return value === 'MUST' || value === 'SHOULD'
}

function isReportKind(value: string): value is ReportKind {
  return reportKinds.some((kind) => kind === value)
}

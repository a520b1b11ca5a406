import { webhookSecret } from '@mt-paas/server/contract'
import type { Level } from '../conformance/check.ts'
import { type ReportKind, reportKinds } from '../conformance/report/report-files.ts'
import type { VerifyOptions } from '../conformance/verify-service.ts'
import type { CommandLine } from './command/command-context.ts'
import { UsageError } from './command/usage-error.ts'
import { type VerifyWords, verifyWords } from './verify-words.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What `mt-paas verify` was asked to do. */
export interface VerifyArguments {
  readonly options: VerifyOptions & { readonly apiKey: string; readonly prefix: string }
  readonly selfTest: boolean
  readonly thorough: boolean
  readonly reports: readonly ReportKind[]
  readonly out: string
  readonly baseline: string | undefined
  /** Command that starts the service. */
  readonly run: string | undefined
  /** Where callbacks are awaited; undefined when they are not. */
  readonly callbacks: CallbackArguments | undefined
}

/** What was said of callbacks. */
export interface CallbackArguments {
  /** On 127.0.0.1. */
  readonly port: number
  readonly serviceKey: string | undefined
  readonly secret: string | undefined
}

/**
 * What a command line asks for.
 * @throws UsageError
 */
export function verifyArguments(line: CommandLine, env: Environment): VerifyArguments {
  const words = verifyWords(line.text.language)
  const [url] = line.arguments
  const level = (line.value('level') ?? '').toUpperCase()
  if (!isLevel(level)) throw new UsageError(words.badLevel(line.value('level') ?? ''))
  const timeoutMs = Number(line.value('timeout'))
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    throw new UsageError(words.badTimeout(line.value('timeout') ?? ''))
  }
  const reports = listOf(line.value('report'))
  const unknown = reports.find((kind) => !isReportKind(kind))
  if (unknown !== undefined) throw new UsageError(words.badReport(unknown, reportKinds.join(', ')))
  if (url === undefined && !line.has('self-test')) throw new UsageError(words.missingUrl)
  const [apiKeyHeader, webhookPath, seed] = [
    line.value('api-key-header'),
    line.value('webhook-path'),
    line.value('seed'),
  ]
  const readTenant = line.value('tenant')
  const signingSecret = secretOf(
    'webhook-secret',
    line.value('webhook-secret') ?? firstOf(env.MT_WEBHOOK_SECRET),
    words,
  )
  const options = {
    url: url ?? '',
    apiKey: line.value('api-key') ?? (env.MARKET_API_KEY?.split(',')[0] || 'mt_dev_key_12345'),
    prefix: line.value('prefix') ?? '',
    ...(apiKeyHeader !== undefined && { apiKeyHeader }),
    ...(webhookPath !== undefined && { webhookPath }),
    ...(seed !== undefined && { seed }),
    ...(readTenant !== undefined && { readTenant }),
    ...(signingSecret !== undefined && { webhookSecret: signingSecret }),
    only: listOf(line.value('only')),
    skip: listOf(line.value('skip')),
    level,
    timeoutMs,
    allowRemote: line.has('allow-remote'),
  }
  return {
    options,
    selfTest: line.has('self-test'),
    thorough: line.has('thorough'),
    reports: reports.filter(isReportKind),
    out: line.value('out') ?? '',
    baseline: line.value('baseline'),
    run: line.value('run'),
    callbacks: callbacksOf(line, env, words),
  }
}

/** @throws UsageError */
function callbacksOf(line: CommandLine, env: Environment, words: VerifyWords): CallbackArguments | undefined {
  const secret = secretOf('callback-secret', line.value('callback-secret') ?? firstOf(env.MT_CALLBACK_SECRET), words)
  const serviceKey = line.value('service-key') ?? (env.MT_CALLBACK_KEY || undefined)
  const text = line.value('callback-port')
  if (text === undefined) {
    if (line.value('callback-secret') === undefined && line.value('service-key') === undefined) return undefined
    throw new UsageError(words.missingCallbackPort)
  }
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new UsageError(words.badCallbackPort(text))
  return { port, serviceKey, secret }
}

/** @throws UsageError */
function secretOf(option: string, secret: string | undefined, words: VerifyWords): string | undefined {
  if (secret === undefined) return undefined
  try {
    webhookSecret(secret)
  } catch {
    throw new UsageError(words.badSecret(option))
  }
  return secret
}

function firstOf(value: string | undefined): string | undefined {
  return value?.split(',')[0]?.trim() || undefined
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function isLevel(value: string): value is Level {
  return value === 'MUST' || value === 'SHOULD'
}

function isReportKind(value: string): value is ReportKind {
  return reportKinds.some((kind) => kind === value)
}

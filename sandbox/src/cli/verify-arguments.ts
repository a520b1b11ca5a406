import type { Level } from '../conformance/check.ts'
import { type ReportKind, reportKinds } from '../conformance/report/report-files.ts'
import type { VerifyOptions } from '../conformance/verify-service.ts'
import type { CommandLine } from './command/command-context.ts'
import { UsageError } from './command/usage-error.ts'
import { verifyWords } from './verify-words.ts'

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
}

/**
 * What a command line asks for.
 * @throws UsageError
 */
export function verifyArguments(line: CommandLine, env: Readonly<Record<string, string | undefined>>): VerifyArguments {
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
  const options = {
    url: url ?? '',
    apiKey: line.value('api-key') ?? (env.MARKET_API_KEY?.split(',')[0] || 'mt_dev_key_12345'),
    prefix: line.value('prefix') ?? '',
    ...(apiKeyHeader !== undefined && { apiKeyHeader }),
    ...(webhookPath !== undefined && { webhookPath }),
    ...(seed !== undefined && { seed }),
    ...(readTenant !== undefined && { readTenant }),
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
  }
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

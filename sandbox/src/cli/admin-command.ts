import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  ConfigurationError,
  centralServer,
  EmbeddedServerError,
  type MultiTenant,
  type MultiTenantOptions,
  openMultiTenant,
  readConfiguration,
} from '@mt-paas/core'
import { reasonOf } from '../demo/demo-error.ts'
import { createAdvisorTables } from '../services/advisor/create-advisor-tables.ts'
import { advisorEntities } from '../services/advisor/entity/index.ts'
import { provisionAdvisor } from '../services/advisor/lifecycle-procedures.ts'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import { adminText } from '../text/admin-text.ts'
import type { Dictionary } from '../text/index.ts'
import { type CommandRule, type CommandValues, type Complaint, parseCommandArguments } from './command-arguments.ts'
import type { CommandProcess } from './demo-command.ts'
import { type StopRequest, stopSignal } from './stop-signal.ts'

/** What an administrator's command does its work with. */
export interface AdminWork {
  readonly mt: MultiTenant
  readonly values: CommandValues
  readonly text: AdminDictionary
  /** Aborts when the command is told to stop. */
  readonly signal: AbortSignal
  /** Data, for standard output: a JSON document, or text for people. */
  readonly print: (document: unknown, forPeople: () => string) => void
  /** Shows how far it is on one line, on a terminal only; '' takes it away. */
  readonly showProgress: (line: string) => void
}

/** One command of an administrator. */
export interface AdminCommand {
  readonly rule: CommandRule
  readonly help: (text: AdminDictionary) => string
  /** Checks what the rule cannot say; a text is a complaint. */
  readonly check?: (values: CommandValues, text: AdminDictionary) => string | undefined
  /** Gives the exit code. */
  readonly run: (work: AdminWork) => Promise<number>
}

const SERVICE = { service: { type: 'text' } } as const

/** Runs a command; its exit code is 0 when all went well, 1 when not, 2 when it was asked wrongly, 130 when interrupted. */
export async function runAdminCommand(
  { rule, help, check, run }: AdminCommand,
  args: readonly string[],
  host: CommandProcess,
): Promise<number> {
  const parsed = parseCommandArguments(args, { ...rule, options: { ...SERVICE, ...rule.options } }, host.env)
  const text = adminText(parsed.text.language)
  if (parsed.kind === 'help') {
    host.stdout.write(help(text))
    return 0
  }
  const complaint =
    parsed.kind === 'invalid' ? complaintOf(parsed.complaint, parsed.text) : check?.(parsed.values, text)
  if (complaint !== undefined || parsed.kind === 'invalid') {
    host.stderr.write(`${complaint}\n\n${help(text)}`)
    return 2
  }
  return withMultiTenant(parsed.values, { text: parsed.text, host, run })
}

interface Run {
  readonly text: Dictionary
  readonly host: CommandProcess
  readonly run: AdminCommand['run']
}

async function withMultiTenant(values: CommandValues, { text, host, run }: Run): Promise<number> {
  const words = adminText(text.language)
  const { signal, release } = stopSignal(host)
  const closers: (() => Promise<void>)[] = []
  try {
    const service = await serviceOf(values, words, host)
    const dataDir = values.dataDir ?? host.env.MT_DATA_DIR ?? '.mt-paas'
    const configuration = readConfiguration({ ...host.env, MT_DATA_DIR: resolve(host.cwd(), dataDir) })
    const onProgress = (step: string) => {
      if (step !== 'ready' && host.stderr.isTTY) host.stderr.write(`${words.startingDatabase}\n`)
    }
    const server = await centralServer(configuration, { attach: true, onProgress })
    closers.push(() => server.stop())
    const { retentionDays } = configuration.limits
    const mt = await openMultiTenant({ ...service, centralUrl: server.url, retentionDays, background: false })
    closers.push(() => mt.close())
    const code = await run({ mt, values, text: words, signal, ...outputOf(values, host) })
    return signal.aborted ? (signal.reason as StopRequest).exitCode : code
  } catch (error) {
    if (signal.aborted) return (signal.reason as StopRequest).exitCode
    return fail(error, text, host)
  } finally {
    for (const close of closers.reverse()) await close()
    release()
  }
}

function fail(error: unknown, { command, demo }: Dictionary, host: CommandProcess): number {
  if (error instanceof EmbeddedServerError) {
    host.stderr.write(`${demo.databaseProblem(error.problem, error.message)}\n`)
    return 1
  }
  const asked = error instanceof ConfigurationError || error instanceof BadServiceError
  host.stderr.write(`${asked ? error.message : command.failed(reasonOf(error))}\n`)
  return asked ? 2 : 1
}

/** The module of `--service` is not one. */
class BadServiceError extends Error {}

/** Entities and migrations of the tenants; without a module, those of the sample service. */
async function serviceOf(
  { options }: CommandValues,
  text: AdminDictionary,
  host: CommandProcess,
): Promise<Pick<MultiTenantOptions, 'tenantEntities' | 'tenantMigrations' | 'provision'>> {
  const file = options.get('service')
  if (file === undefined) {
    const provision = provisionAdvisor({ now: () => new Date(), newId: () => crypto.randomUUID() })
    return { tenantEntities: advisorEntities, tenantMigrations: [createAdvisorTables], provision }
  }
  const module: object = await import(pathToFileURL(resolve(host.cwd(), file)).href).catch((error: unknown) => {
    throw new BadServiceError(`${text.badService(file)}: ${reasonOf(error)}`)
  })
  if (!isService(module)) throw new BadServiceError(text.badService(file))
  const { tenantEntities, tenantMigrations, provision } = module
  return { tenantEntities, tenantMigrations, ...(provision && { provision }) }
}

function isService(
  module: object,
): module is Pick<MultiTenantOptions, 'tenantEntities' | 'tenantMigrations' | 'provision'> {
  return (
    'tenantEntities' in module &&
    Array.isArray(module.tenantEntities) &&
    'tenantMigrations' in module &&
    Array.isArray(module.tenantMigrations)
  )
}

function outputOf(
  { json }: CommandValues,
  { stdout, stderr, env }: CommandProcess,
): Pick<AdminWork, 'print' | 'showProgress'> {
  const live = stderr.isTTY === true && !env.CI
  return {
    print: (document, forPeople) => void stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : forPeople()),
    // Back to the start of the line, and away with what is there.
    showProgress: (line) => void (live && stderr.write(`\r\u001B[K${line}`)),
  }
}

function complaintOf(complaint: Complaint, { command, language }: Dictionary): string {
  const text = adminText(language)
  switch (complaint.problem) {
    case 'unknown-option':
      return command.unknownOption(complaint.value)
    case 'missing-value':
      return command.missingValue(complaint.value)
    case 'unexpected':
      return command.unexpectedArgument(complaint.value)
    case 'missing-argument':
      return text.missingArgument(complaint.value)
    case 'language':
      return command.badLanguage(complaint.value)
    case 'choice':
      return text.badChoice(complaint.value, complaint.choices.join(', '))
    case 'number':
      return text.badNumber(complaint.value, complaint.least, complaint.most)
  }
}

import { resolve } from 'node:path'
import {
  ConfigurationError,
  centralServer,
  EmbeddedServerError,
  type MultiTenant,
  openMultiTenant,
  readConfiguration,
} from '@mt-paas/core'
import { StandardApiError } from '@mt-paas/server'
import type { AssistantDefinition } from '../services/assistant/assistant-definition.ts'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import { adminText } from '../text/admin-text.ts'
import { configurationText, coreRefusalText } from '../text/index.ts'
import { adminService, BadServiceError } from './admin-service.ts'
import type { CommandContext } from './command/command-context.ts'
import type { CommandProcess } from './command/command-process.ts'
import type { RunCommand } from './command/command-spec.ts'
import { UsageError } from './command/usage-error.ts'
import { reasonOf } from './reason-of.ts'
import { type StopRequest, stopSignal } from './stop-signal.ts'

/** What an administrator's command does its work with. */
export interface AdminWork extends CommandContext {
  readonly mt: MultiTenant
  /** Of the sample service whose tenants these are; undefined for a service of someone else. */
  readonly definition: AssistantDefinition | undefined
  readonly text: AdminDictionary
  /** Aborts when the command is told to stop. */
  readonly signal: AbortSignal
  /** Shows how far it is on one line, on a terminal only; '' takes it away. */
  readonly showProgress: (line: string) => void
}

/** Looks at a command line before any database is opened. */
type Check = (work: Pick<AdminWork, 'line' | 'text'>) => void

/** Gives a command the central database and its tenants; its exit code is 130 when it is interrupted. */
export function withMultiTenant(run: (work: AdminWork) => Promise<number>, check?: Check): RunCommand {
  return async (context) => {
    const { line, host } = context
    const text = adminText(line.text.language)
    check?.({ line, text })
    const { signal, release } = stopSignal(host)
    const closers: (() => Promise<void>)[] = []
    try {
      const { centralDatabase, definition, ...service } = await adminService(context, text)
      const dataDir = line.value('data-dir') ?? host.env.MT_DATA_DIR ?? '.mt-paas'
      const configuration = readConfiguration({ ...host.env, MT_DATA_DIR: resolve(host.cwd(), dataDir) })
      const onProgress = (step: string) => {
        if (step !== 'ready' && host.stderr.isTTY) host.stderr.write(`${text.startingDatabase}\n`)
      }
      const server = await centralServer(configuration, { attach: true, onProgress })
      closers.push(() => server.stop())
      const { retentionDays } = configuration.limits
      const centralUrl = configuration.centralUrl ? server.url : urlOf(server.url, centralDatabase)
      const mt = await openMultiTenant({ ...service, centralUrl, retentionDays, background: false })
      closers.push(() => mt.close())
      const code = await run({ ...context, mt, definition, text, signal, showProgress: progressOn(host) })
      return signal.aborted ? (signal.reason as StopRequest).exitCode : code
    } catch (error) {
      if (signal.aborted) return (signal.reason as StopRequest).exitCode
      return fail(error, context)
    } finally {
      for (const close of closers.reverse()) await close()
      release()
    }
  }
}

/** Services share the embedded server: each has a central database of its own there. */
function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

function fail(error: unknown, { line, say }: CommandContext): number {
  if (error instanceof UsageError) throw error
  const { command, sandbox } = line.text
  if (error instanceof EmbeddedServerError) {
    say(sandbox.databaseProblem(error.problem, error.message))
    return 1
  }
  if (error instanceof ConfigurationError) {
    say(configurationText(error, line.text.language))
    return 2
  }
  const asked = error instanceof BadServiceError
  const refusal = { error: error instanceof StandardApiError ? error.error : undefined, message: reasonOf(error) }
  say(asked ? error.message : command.failed(coreRefusalText(refusal, line.text.language)))
  return asked ? 2 : 1
}

function progressOn({ stderr, env }: CommandProcess): AdminWork['showProgress'] {
  const live = stderr.isTTY === true && !env.CI
  // Back to the start of the line, and away with what is there.
  return (line) => void (live && stderr.write(`\r\u001B[K${line}`))
}

import { Readable } from 'node:stream'
import type { CommandProcess } from './command/command-process.ts'
import { runCommandLine } from './run-command-line.ts'

/** Where a command finds itself. */
export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Standard input. @default '' */
  readonly input?: string
}

/** What a command wrote, and its exit code. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process, which is faster than in one of its own. */
export async function runInProcess(args: readonly string[], options: ProcessOptions = {}): Promise<Ran> {
  const { env = {}, cwd = process.cwd(), input = '' } = options
  const output = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof output) => ({
    write(text: string) {
      output[name] += text
      return true
    },
  })
  const none = () => undefined
  const host = {
    env: { LANG: 'C.UTF-8', ...env },
    stdin: Readable.from([input]),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => cwd,
    on: none,
    off: none,
    exit: none,
  } as unknown as CommandProcess
  const code = await runCommandLine(args, host)
  return { code, ...output }
}

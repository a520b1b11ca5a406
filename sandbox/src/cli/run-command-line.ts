import { createRequire } from 'node:module'
import { commandContext } from './command/command-context.ts'
import type { CommandProcess } from './command/command-process.ts'
import { readCommandLine } from './command/read-command-line.ts'
import { UsageError } from './command/usage-error.ts'
import { CommandError } from './command-error.ts'
import { commandTable } from './command-table.ts'
import { reasonOf } from './reason-of.ts'

/**
 * Runs the command that the arguments name. Its exit code is 0 when all went well, 1 when not, 2 when it was asked wrongly
 * or cannot tell, 130 when interrupted.
 */
export async function runCommandLine(args: readonly string[], host: CommandProcess): Promise<number> {
  const width = host.stdout.isTTY ? host.stdout.columns : undefined
  const read = readCommandLine(args, {
    commands: commandTable,
    version: createRequire(import.meta.url)('../../package.json').version,
    env: host.env,
    ...(width !== undefined && { width }),
  })
  if (read.kind === 'words') {
    host.stdout.write(read.words)
    return 0
  }
  const refuse = (complaint: string | undefined, help: string) => {
    host.stderr.write(complaint === undefined ? help : `${complaint}\n\n${help}`)
    return 2
  }
  if (read.kind === 'invalid') return refuse(read.complaint, read.help)
  const { spec, line } = read
  try {
    const run = await spec.load()
    return await run(commandContext(line, host))
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message, read.help())
    const isKnown = error instanceof CommandError
    host.stderr.write(`${isKnown ? error.message : line.text.command.failed(reasonOf(error))}\n`)
    return isKnown ? 2 : 1
  }
}

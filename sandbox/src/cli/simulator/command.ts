import type { CommandProcess } from '../demo-command.ts'
import type { CommandLine, CommandLineSpec } from './command-line.ts'
import type { SimulatorClient } from './simulator-client.ts'

/** What a command works with. */
export interface CommandContext {
  readonly line: CommandLine
  readonly client: SimulatorClient
  readonly host: CommandProcess & Pick<NodeJS.Process, 'stdin'>
  /** Writes data: the document with `--json`, else the text. */
  readonly print: (document: unknown, text: () => string) => void
  /** Writes words, on standard error. */
  readonly say: (words: string) => void
}

/** A command that talks to a running simulator; gives its exit code. */
export interface SimulatorCommand extends CommandLineSpec {
  run(context: CommandContext): Promise<number>
}

/** An option with a value. */
export const TEXT = { type: 'string' } as const

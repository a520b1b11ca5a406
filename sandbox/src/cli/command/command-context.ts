import type { Dictionary } from '../../text/index.ts'
import type { CommandProcess } from './command-process.ts'

/** What a command was asked for. */
export interface CommandLine {
  readonly text: Dictionary
  readonly json: boolean
  /** Arguments without a dash, in order. */
  readonly arguments: readonly string[]
  /** The last of a repeated option; its fallback, or undefined, when it was not given. */
  value(name: string): string | undefined
  /** All of a repeated option. */
  values(name: string): readonly string[]
  has(name: string): boolean
}

/** What a command works with. */
export interface CommandContext {
  readonly line: CommandLine
  readonly host: CommandProcess
  /** Writes data: the document with `--json`, else the text. */
  readonly print: (document: unknown, text: () => string) => void
  /** Writes words, on standard error. */
  readonly say: (words: string) => void
}

/** What a command works with, made of what it was asked for. */
export function commandContext(line: CommandLine, host: CommandProcess): CommandContext {
  return {
    line,
    host,
    print(document, text) {
      host.stdout.write(line.json ? `${JSON.stringify(document, null, 2)}\n` : text())
    },
    say(words) {
      host.stderr.write(`${words}\n`)
    },
  }
}

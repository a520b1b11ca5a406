import { type Command, CommanderError } from 'commander'
import { type Dictionary, dictionary, languageOf } from '../../text/index.ts'
import { buildProgram } from './build-program.ts'
import type { CommandLine } from './command-context.ts'
import type { CommandSpec, RunnableSpec } from './command-spec.ts'
import { UsageError } from './usage-error.ts'

/** What arguments ask for. */
export type ReadCommandLine =
  | { readonly kind: 'run'; readonly spec: RunnableSpec; readonly line: CommandLine; readonly help: () => string }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'invalid'; readonly complaint: string | undefined; readonly help: string }

/** Where arguments are read. */
export interface CommandLineSurroundings {
  readonly commands: readonly CommandSpec[]
  readonly version: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Columns of help. @default 100 */
  readonly width?: number
}

/** Reads the arguments after `mt-paas`. */
export function readCommandLine(args: readonly string[], surroundings: CommandLineSurroundings): ReadCommandLine {
  const language = languageOf(args, surroundings.env)
  const text = dictionary(language)
  let read: ReadCommandLine | undefined
  let failed: Command | undefined
  let words = ''
  const program = buildProgram({
    ...surroundings,
    args,
    language,
    onRun(spec, command, line) {
      read = { kind: 'run', spec, line, help: () => helpOf(command) }
    },
    onWords(written) {
      words += written
    },
    onExit(command) {
      failed = command
    },
  })
  const helpOf = (command: Command) => {
    words = ''
    command.outputHelp()
    return words
  }
  try {
    program.parse(args, { from: 'user' })
    return read ?? { kind: 'invalid', complaint: undefined, help: helpOf(program) }
  } catch (error) {
    const command = failed ?? program
    if (isWanted(error)) return { kind: 'words', words }
    const help = helpOf(command)
    if (asksForHelp(args)) return { kind: 'words', words: help }
    return { kind: 'invalid', complaint: complaintOf(error, command, text), help }
  }
}

/** Whether commander ended because help or the version was shown, as was asked for. */
function isWanted(error: unknown): boolean {
  return error instanceof CommanderError && ['commander.helpDisplayed', 'commander.version'].includes(error.code)
}

/** Somebody who asks for help is not told what else is wrong. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

/** What commander complains about, in the reader's language; it tells the place only in its English message. */
function complaintOf(error: unknown, command: Command, { command: words }: Dictionary): string | undefined {
  if (error instanceof UsageError) return error.message
  if (!(error instanceof CommanderError)) throw error
  const [, named = ''] = /'([^']*)'/.exec(error.message) ?? []
  const [flag = ''] = named.split(/[ =]/)
  switch (error.code) {
    case 'commander.unknownOption':
      return isKnown(command, flag) ? words.unexpectedArgument(named) : words.unknownOption(flag)
    case 'commander.unknownCommand':
      return words.unknownCommand(named)
    case 'commander.missingArgument':
      return words.missingArgument(`<${named}>`)
    case 'commander.missingMandatoryOptionValue':
      return words.missingArgument(flag)
    case 'commander.excessArguments':
      return words.unexpectedArgument(command.args[command.registeredArguments.length] ?? '')
    case 'commander.optionMissingArgument':
      return words.missingValue(flag)
    default:
      return undefined
  }
}

/** A switch is known, but takes no value. */
function isKnown({ options }: Command, flag: string): boolean {
  return flag === '--help' || options.some(({ long }) => long === flag)
}

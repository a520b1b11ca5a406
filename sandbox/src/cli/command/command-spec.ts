import type { Localised } from '../../conformance/localised.ts'
import type { RemoteCall } from '../market/remote-call.ts'
import type { CommandContext } from './command-context.ts'

/** What an option's value must be; a text that is none of these may be anything but empty. */
export type ValueRule =
  | { readonly kind: 'port' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }

/** An option of a command. */
export interface OptionSpec {
  /** Without dashes. */
  readonly name: string
  readonly about: Localised
  /** What stands for its value in help; without one it is a switch. */
  readonly value?: Localised
  readonly rule?: ValueRule
  /** Value when it is not given. */
  readonly fallback?: string
  /** Whether the command cannot do without it. @default false */
  readonly needed?: boolean
  /** Whether all of it count when it is given several times, and not the last only. @default false */
  readonly repeated?: boolean
}

/** An argument without dashes. */
export interface PlaceSpec {
  readonly name: Localised
  /** @default false */
  readonly optional?: boolean
}

/** Runs a command and gives its exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>

/** A command, or a group of commands; its module is loaded only when it runs. */
export type CommandSpec = RunnableSpec | GroupSpec

interface NamedSpec {
  readonly name: string
  /** One line for the list of commands. */
  readonly about: Localised
}

/** A command that does something. */
export interface RunnableSpec extends NamedSpec {
  /** What help says beside that line. */
  readonly more?: Localised
  readonly places?: readonly PlaceSpec[]
  /** Beside `--json`, `--lang` and `--help`, which every command has. */
  readonly options?: readonly OptionSpec[]
  /** Lines of help on variables of the environment. */
  readonly variables?: Localised
  /** Names of the operations in the market's router that it calls. */
  readonly operations?: readonly string[]
  /** How it calls its only operation, where that is all it does. */
  readonly call?: RemoteCall
  readonly load: () => Promise<RunCommand>
}

/** Commands under one name. */
export interface GroupSpec extends NamedSpec {
  /** The command that is meant when none is named. @default none */
  readonly usual?: string
  readonly commands: readonly RunnableSpec[]
}

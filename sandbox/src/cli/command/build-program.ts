import { Command, Option } from 'commander'
import stringWidth from 'string-width'
import { localised } from '../../conformance/localised.ts'
import { dictionary, type Language } from '../../text/index.ts'
import type { CommandLine } from './command-context.ts'
import type { CommandSpec, GroupSpec, OptionSpec, RunnableSpec } from './command-spec.ts'
import { checkPlaces, checkValue } from './value-rule.ts'

/** What becomes of a program. */
export interface ProgramOptions {
  /** Everything on the command line. */
  readonly args: readonly string[]
  readonly commands: readonly CommandSpec[]
  readonly version: string
  readonly language: Language
  readonly onRun: (spec: RunnableSpec, command: Command, line: CommandLine) => void
  /** Help or the version. */
  readonly onWords: (words: string) => void
  /** Commander would end the process here. */
  readonly onExit: (command: Command) => void
  /** Columns of help. @default 100 */
  readonly width?: number
}

const COMMON: readonly OptionSpec[] = [
  {
    name: 'lang',
    value: localised('ko|en', 'ko|en'),
    about: localised(
      '언어 (기본값은 MT_LANG 또는 시스템 언어)',
      'language (default that of MT_LANG, else of the system)',
    ),
  },
]
const JSON_OPTION: OptionSpec = {
  name: 'json',
  about: localised('JSON 문서 하나를 출력합니다', 'prints one JSON document'),
}

/** The program that commander makes of the table of commands, with help in one language. */
export function buildProgram(options: ProgramOptions): Command {
  const { commands, version, language, width = 100 } = options
  const { command: words } = dictionary(language)
  const settle = (command: Command): Command =>
    command
      .helpOption('-h, --help', words.helpOption)
      .helpCommand(false)
      .enablePositionalOptions()
      .showSuggestionAfterError(false)
      .exitOverride((error) => {
        options.onExit(command)
        throw error
      })
      .configureOutput({ writeOut: options.onWords, writeErr: options.onWords, outputError: () => undefined })
      .configureHelp({
        helpWidth: width,
        displayWidth: stringWidth,
        styleTitle: (title) => words.headings[title] ?? title,
        subcommandTerm: (sub) => sub.name(),
        optionDescription: ({ description }) => description,
      })
  const program = settle(new Command('mt-paas'))
    .usage(words.usage.program)
    .version(version, '-V, --version', words.versionOption)
    .addHelpText('after', `\n${words.helpOfCommand}`)
  addOptions(program, COMMON, options)
  for (const spec of commands) {
    program.addCommand('commands' in spec ? group(spec) : runnable(spec))
  }
  return program

  function group({ name, about, commands: members, usual }: GroupSpec): Command {
    const command = settle(new Command(name)).usage(words.usage.group).description(about[language])
    addOptions(command, COMMON, options)
    for (const member of members) command.addCommand(runnable(member), { isDefault: member.name === usual })
    return command
  }

  function runnable(spec: RunnableSpec): Command {
    const { name, about, more, places = [], options: own = [], variables } = spec
    const command = settle(new Command(name)).summary(about[language])
    command.description(more ? `${about[language]}\n\n${more[language]}` : about[language])
    for (const place of places) {
      command.argument(place.optional ? `[${place.name[language]}]` : `<${place.name[language]}>`)
    }
    const all = [...own, ...COMMON, JSON_OPTION]
    addOptions(command, all, options)
    command.usage(usageOf(spec, language))
    if (variables) command.addHelpText('after', `\n${words.variables}\n${variables[language]}`)
    return command.action(() => {
      try {
        checkPlaces(spec, command.args, language)
      } catch (error) {
        options.onExit(command)
        throw error
      }
      options.onRun(spec, command, lineOf(command, all, language))
    })
  }
}

function usageOf({ places = [] }: RunnableSpec, language: Language): string {
  const named = places.map(({ name, optional }) => (optional ? `[${name[language]}]` : `<${name[language]}>`))
  return [...named, dictionary(language).command.usage.options].join(' ')
}

function addOptions(command: Command, specs: readonly OptionSpec[], { args, language, onExit }: ProgramOptions): void {
  const { command: words } = dictionary(language)
  for (const spec of specs) {
    const { name, value, fallback, needed = false, repeated = false } = spec
    const about = `${spec.about[language]}${fallback === undefined ? '' : ` (${words.byDefault(fallback)})`}`
    const option = new Option(value ? `--${name} <${value[language]}>` : `--${name}`, about)
    if (value) {
      option.makeOptionMandatory(needed).argParser<readonly string[]>((given, before) => {
        try {
          checkValue(spec, given, { language, args })
        } catch (error) {
          onExit(command)
          throw error
        }
        return repeated ? [...(before ?? []), given] : [given]
      })
    }
    command.addOption(option)
  }
}

function lineOf(command: Command, specs: readonly OptionSpec[], language: Language): CommandLine {
  const found = new Map<string, readonly string[]>()
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName())
    if (value !== undefined) found.set(option.name(), Array.isArray(value) ? value.map(String) : [''])
  }
  const fallbacks = new Map(specs.map(({ name, fallback }) => [name, fallback]))
  return {
    text: dictionary(language),
    json: found.has('json'),
    arguments: command.args,
    value: (name) => found.get(name)?.at(-1) ?? fallbacks.get(name),
    values: (name) => found.get(name) ?? [],
    has: (name) => found.has(name),
  }
}

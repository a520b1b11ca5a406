import { dictionary, isLanguage, type Language } from '../../text/index.ts'
import type { OptionSpec, RunnableSpec } from './command-spec.ts'
import { UsageError } from './usage-error.ts'

/** Where a value was given. */
export interface GivenValue {
  readonly language: Language
  /** Everything on the command line. */
  readonly args: readonly string[]
}

/**
 * Checks a value of an option.
 * @throws UsageError
 */
export function checkValue({ name, rule }: OptionSpec, value: string, { language, args }: GivenValue): void {
  const { command: words } = dictionary(language)
  const flag = `--${name}`
  // What begins with a dash is the next option, unless it is said that it is not.
  if (value === '' || (value.startsWith('-') && !args.includes(`${flag}=${value}`))) {
    throw new UsageError(words.missingValue(flag))
  }
  if (name === 'lang' && !isLanguage(value)) throw new UsageError(words.badLanguage(value))
  if (rule?.kind === 'port' && (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)) {
    throw new UsageError(words.badPort(flag, value))
  }
  if (rule?.kind === 'choice' && !rule.choices.includes(value)) {
    throw new UsageError(words.badChoice(flag, rule.choices.join(', ')))
  }
  if (rule?.kind === 'number') {
    const { least, most } = rule
    const fits = /^\d+(?:\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most
    if (!fits) throw new UsageError(words.badNumber(flag, least, most))
  }
}

/**
 * Checks the arguments without dashes: what is empty, as an unset variable of a shell is, was not given.
 * @throws UsageError
 */
export function checkPlaces({ places = [] }: RunnableSpec, given: readonly string[], language: Language): void {
  const empty = places.find((_, index) => given[index]?.trim() === '')
  if (empty) throw new UsageError(dictionary(language).command.missingArgument(`<${empty.name[language]}>`))
}

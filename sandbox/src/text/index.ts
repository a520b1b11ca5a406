import { type Dictionary, type Language, languages } from './dictionary.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

const dictionaries: Readonly<Record<Language, Dictionary>> = Object.freeze({ ko, en })

/** The texts of a language. */
export function dictionary(language: Language): Dictionary {
  return dictionaries[language]
}

/** Whether there are texts in this language. */
export function isLanguage(value: string): value is Language {
  return languages.some((language) => language === value)
}

/** The language that the environment asks for; English where it asks for one that is not here. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale
  return /^ko(?:[_.-]|$)/i.test(locale) ? 'ko' : 'en'
}

export {
  type SimulatorColumn,
  type SimulatorCommandName,
  type SimulatorText,
  simulatorCommandNames,
} from './simulator-dictionary.ts'
export { type Dictionary, type Language, languages }

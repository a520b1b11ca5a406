import type { Dictionary } from './dictionary.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Language } from './language.ts'

const dictionaries: Readonly<Record<Language, Dictionary>> = Object.freeze({ ko, en })

/** The texts of a language. */
export function dictionary(language: Language): Dictionary {
  return dictionaries[language]
}

export { configurationText } from './configuration-text.ts'
export { coreRefusalText } from './core-refusal-text.ts'
export type { Dictionary } from './dictionary.ts'
export { isLanguage, type Language, languageOf, languages, systemLanguage } from './language.ts'
export { type Refusal, refusalText } from './refusal-text.ts'
export type { SimulatorColumn, SimulatorText } from './simulator-dictionary.ts'

import type { AssistantDictionary } from './assistant-dictionary.ts'
import { assistantEn } from './assistant-en.ts'
import { assistantKo } from './assistant-ko.ts'
import type { Language } from './language.ts'

const dictionaries: Readonly<Record<Language, AssistantDictionary>> = Object.freeze({
  ko: assistantKo,
  en: assistantEn,
})

/** The texts of the sample services in a language. */
export function assistantText(language: Language): AssistantDictionary {
  return dictionaries[language]
}

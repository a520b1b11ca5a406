import type { AdminDictionary } from './admin-dictionary.ts'
import { adminEn } from './admin-en.ts'
import { adminKo } from './admin-ko.ts'
import type { Language } from './language.ts'

const dictionaries: Readonly<Record<Language, AdminDictionary>> = Object.freeze({ ko: adminKo, en: adminEn })

/** The texts of the administrator's commands in a language. */
export function adminText(language: Language): AdminDictionary {
  return dictionaries[language]
}

import type { Context } from 'koa'
import { type Language, languages } from '../../text/language.ts'

/** The language that the caller likes best of those there are; English when it likes none. */
export function requestLanguage(koa: Context): Language {
  const accepted = koa.acceptsLanguages([...languages])
  return languages.find((language) => language === accepted) ?? 'en'
}

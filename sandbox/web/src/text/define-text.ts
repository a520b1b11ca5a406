import type { Language } from './language.ts'

/** The words of one part of the page in every language. */
export type Text<TWords> = Readonly<Record<Language, TWords>>

/** Words of one part of the page: what one language has and the other has not does not compile. */
export function defineText<TWords>(words: { readonly en: TWords; readonly ko: NoInfer<TWords> }): Text<TWords> {
  return Object.freeze(words)
}

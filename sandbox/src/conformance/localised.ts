/** A text in both languages. */
export interface Localised {
  readonly ko: string
  readonly en: string
}

/** Korean first, then English. */
export function localised(ko: string, en: string): Localised {
  return Object.freeze({ ko, en })
}

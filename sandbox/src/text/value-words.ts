import type { Language } from './language.ts'
import { type MarketWords, marketWords } from './market-words.ts'
import { type StateWords, stateWords } from './state-words.ts'

/** Words for values of the wire. */
export interface ValueWords extends MarketWords, StateWords {
  /** Why an application failed: as its last attempt did, or otherwise. */
  readonly failures: MarketWords['reasons'] &
    Readonly<Record<'rejected_by_service' | 'error_in_service' | 'refused_by_callback', string>>
}

/** Words for values of the wire in every language; the page and the command line say the same. */
export const valueWords: Readonly<Record<Language, ValueWords>> = Object.freeze({
  en: {
    ...marketWords.en,
    ...stateWords.en,
    failures: {
      ...marketWords.en.reasons,
      rejected_by_service: 'Rejected by the service',
      error_in_service: 'Error in the service',
      refused_by_callback: 'Failure told by callback',
    },
  },
  ko: {
    ...marketWords.ko,
    ...stateWords.ko,
    failures: {
      ...marketWords.ko.reasons,
      rejected_by_service: '서비스가 거절함',
      error_in_service: '서비스의 오류',
      refused_by_callback: '콜백이 실패를 알림',
    },
  },
})

/** What a value is one of. */
export type WordKind = Exclude<keyof ValueWords, 'faults'>

/** A value of the wire as a table shows it. Unknown values stay as they are. */
export function valueWord(kind: WordKind, value: unknown, language: Language): unknown {
  if (typeof value !== 'string') return value
  const words: Readonly<Record<string, string>> = valueWords[language][kind]
  return Object.hasOwn(words, value) ? words[value] : value
}

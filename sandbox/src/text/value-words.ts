import type { Language } from './language.ts'
import { marketWords } from './market-words.ts'
import { stateWordsKo } from './state-words-ko.ts'

const { deliveryStates, attemptStates, applicationStates, sources, shapes, kinds, verdicts } = marketWords.ko
const korean = {
  ...stateWordsKo,
  ...{ deliveryStates, attemptStates, applicationStates, sources, shapes, kinds, verdicts },
  /** Why an attempt, or an application, failed. */
  reasons: {
    ...marketWords.ko.reasons,
    rejected_by_service: '서비스가 거절함',
    error_in_service: '서비스의 오류',
    refused_by_callback: '콜백이 실패를 알림',
  },
}

/** What a value is one of. */
export type WordKind = keyof typeof korean

/** A value of the wire as a table shows it; its English is good enough to be read. Unknown values stay as they are. */
export function valueWord(kind: WordKind, value: unknown, language: Language): unknown {
  if (language === 'en' || typeof value !== 'string') return value
  const words: Readonly<Record<string, string>> = korean[kind]
  return Object.hasOwn(words, value) ? words[value] : value
}

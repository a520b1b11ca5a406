import { stateWords } from './state-words.ts'

const { applicationActions, marketStates, subscriptionStates, runStates, sampleStates, tenantStates } = stateWords.ko

/** Words within a sentence by their kind: one word of English may be several of Korean. */
export const refusalWordsKo = Object.freeze({
  things: {
    application: '신청',
    delivery: '전송',
    attempt: '시도',
    scenario: '시나리오',
    subscription: '구독',
    mail: '메일',
    service: '서비스',
    account: '계정',
    plan: '요금제',
    sample: '샘플',
    server: '서버',
  },
  lists: { none: '없음' },
  applicationActions,
  marketStates,
  subscriptionActions: { suspend: '정지', resume: '재개', changePlan: '요금제 변경', renew: '연장', cancel: '해지' },
  subscriptionStates,
  runActions: { cancel: '취소', remove: '삭제' },
  runStates,
  sampleActions: { start: '시작', stop: '멈추기' },
  sampleStates,
  tenantStates,
  valueTypes: {
    string: '문자열',
    number: '숫자',
    integer: '정수',
    int: '정수',
    boolean: '참·거짓',
    array: '배열',
    object: '객체',
    record: '객체',
    undefined: '없음',
    date: '날짜',
    'ISO date': '날짜 (YYYY-MM-DD)',
    'ISO datetime': '시각 (ISO 8601)',
    'email address': '이메일 주소',
  },
} satisfies Readonly<Record<string, Readonly<Record<string, string>>>>)

/** What a word of a sentence is one of. */
export type RefusalWordKind = keyof typeof refusalWordsKo

/** Whether there are words of this kind. */
export function isRefusalWordKind(kind: string): kind is RefusalWordKind {
  return Object.hasOwn(refusalWordsKo, kind)
}

import type { Language } from '../../text/index.ts'
import type { Outcome, Verdict } from './report.ts'

/** The words of reports for people, in one language. */
export interface ReportWords {
  readonly title: string
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly classic: string
  readonly must: string
  readonly should: string
  readonly tally: (counts: { readonly pass: number; readonly fail: number; readonly skip: number }) => string
  readonly service: string
  readonly startedAt: string
  readonly seed: string
  readonly expected: string
  readonly received: string
  readonly difference: string
  readonly hint: string
  readonly rule: string
  readonly reason: string
  readonly tryIt: string
  readonly known: string
  readonly failures: string
  readonly allChecks: string
  readonly check: string
  readonly level: string
  readonly outcome: string
  readonly duration: string
  readonly score: string
  readonly leftovers: (ids: string) => string
  readonly seconds: (seconds: string) => string
  readonly requests: (count: number) => string
}

const ko: ReportWords = {
  title: '적합성 검사 보고서',
  outcomes: { pass: '통과', fail: '실패', skip: '건너뜀' },
  verdicts: { passed: '통과', failed: '실패', untested: '검사하지 못함' },
  classic: '기본 다섯 가지',
  must: '필수 (MUST)',
  should: '권장 (SHOULD)',
  tally: ({ pass, fail, skip }) => `통과 ${pass} · 실패 ${fail} · 건너뜀 ${skip}`,
  service: '서비스',
  startedAt: '시작',
  seed: '시드',
  expected: '기대한 값',
  received: '받은 값',
  difference: '차이',
  hint: '도움말',
  rule: '규칙',
  reason: '이유',
  tryIt: '직접 해 보기',
  known: '이미 알려진 실패',
  failures: '실패한 항목',
  allChecks: '모든 항목',
  check: '검사 항목',
  level: '수준',
  outcome: '결과',
  duration: '시간',
  score: '점수',
  leftovers: (ids) => `지우지 못한 테넌트: ${ids}`,
  seconds: (seconds) => `${seconds}초`,
  requests: (count) => `요청 ${count}건`,
}

const en: ReportWords = {
  title: 'Conformance report',
  outcomes: { pass: 'pass', fail: 'FAIL', skip: 'skip' },
  verdicts: { passed: 'passed', failed: 'failed', untested: 'could not be tested' },
  classic: 'The classic five',
  must: 'MUST',
  should: 'SHOULD',
  tally: ({ pass, fail, skip }) => `${pass} passed · ${fail} failed · ${skip} skipped`,
  service: 'Service',
  startedAt: 'Started',
  seed: 'Seed',
  expected: 'expected',
  received: 'received',
  difference: 'difference',
  hint: 'hint',
  rule: 'rule',
  reason: 'reason',
  tryIt: 'try it',
  known: 'known failure',
  failures: 'Failed checks',
  allChecks: 'All checks',
  check: 'Check',
  level: 'Level',
  outcome: 'Outcome',
  duration: 'Time',
  score: 'Score',
  leftovers: (ids) => `Tenants that could not be removed: ${ids}`,
  seconds: (seconds) => `${seconds} s`,
  requests: (count) => `${count} requests`,
}

const words: Readonly<Record<Language, ReportWords>> = Object.freeze({ ko, en })

/** The words of a language. */
export function reportWords(language: Language): ReportWords {
  return words[language]
}

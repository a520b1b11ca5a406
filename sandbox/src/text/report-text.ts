import type { Language } from './language.ts'

/** Words of the reports on an application and on a delivery, in one language. */
export interface ReportText {
  readonly application: (id: number) => string
  readonly delivery: (id: string) => string
  readonly attempt: (number: number, copy: number) => string
  readonly deliveries: string
  readonly callbacks: string
  readonly timeline: string
  readonly request: string
  readonly answer: string
  readonly noAnswer: string
  readonly contract: string
  readonly noBody: string
  readonly exact: string
  readonly fields: Readonly<Record<ReportField, string>>
}

type ReportField =
  | 'applicant'
  | 'contact'
  | 'why'
  | 'period'
  | 'webhook'
  | 'callback'
  | 'accessUrl'
  | 'message'
  | 'created'
  | 'changed'
  | 'finished'
  | 'source'
  | 'fault'
  | 'error'
  | 'details'
  | 'verdict'
  | 'success'
  | 'answered'

const en: ReportText = {
  application: (id) => `Application ${id}`,
  delivery: (id) => `Delivery ${id}`,
  attempt: (number, copy) => `Attempt ${number}${copy > 0 ? `, copy ${copy}` : ''}`,
  deliveries: 'Deliveries',
  callbacks: 'Callbacks',
  timeline: 'Timeline',
  request: 'Request',
  answer: 'Answer',
  noAnswer: 'No answer came.',
  contract: 'Contract',
  noBody: '(no body)',
  exact: 'JSON is laid out to be read; --json has every byte as it was.',
  fields: {
    applicant: 'Applicant',
    contact: 'Contact',
    why: 'Reason given',
    period: 'Period',
    webhook: 'Webhook to',
    callback: 'Callback to',
    accessUrl: 'Access URL',
    message: 'Message',
    created: 'Created',
    changed: 'Changed',
    finished: 'Finished',
    source: 'Source',
    fault: 'Fault',
    error: 'Error',
    details: 'Details',
    verdict: 'Verdict',
    success: 'Success',
    answered: 'Answered',
  },
}

const ko: ReportText = {
  application: (id) => `신청 ${id}`,
  delivery: (id) => `전송 ${id}`,
  attempt: (number, copy) => `시도 ${number}${copy > 0 ? `, 복제 ${copy}` : ''}`,
  deliveries: '전송',
  callbacks: '콜백',
  timeline: '흐름',
  request: '요청',
  answer: '응답',
  noAnswer: '응답이 오지 않았습니다.',
  contract: '규격',
  noBody: '(본문 없음)',
  exact: 'JSON은 읽기 좋게 나누어 보여 줍니다. 원래의 바이트는 --json에 있습니다.',
  fields: {
    applicant: '신청자',
    contact: '연락처',
    why: '신청 사유',
    period: '기간',
    webhook: '웹훅 주소',
    callback: '콜백 주소',
    accessUrl: '접속 주소',
    message: '메시지',
    created: '만든 때',
    changed: '바뀐 때',
    finished: '끝난 때',
    source: '출처',
    fault: '장애',
    error: '오류',
    details: '내용',
    verdict: '판정',
    success: '성공',
    answered: '답한 상태',
  },
}

const texts: Readonly<Record<Language, ReportText>> = Object.freeze({ en, ko })

/** The words of reports in a language. */
export function reportText(language: Language): ReportText {
  return texts[language]
}

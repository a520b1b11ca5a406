import type { MailAccess, MailDictionary, MailFacts } from './mail-dictionary.ts'

const greeting = (name: string) => `${name} 님, 안녕하세요.`

function contract({ service, plan, startDate, endDate }: MailFacts): string {
  return [`서비스: ${service}`, `요금제: ${plan}`, `이용 기간: ${startDate} ~ ${endDate}`].join('\n')
}

function login({ email, password, consoleUrl }: MailAccess): string {
  const lines = [`관리 화면: ${consoleUrl}`, `로그인 이메일: ${email}`]
  if (password === '') return [...lines, '비밀번호: 이미 사용 중인 비밀번호'].join('\n')
  return [...lines, `일회용 비밀번호: ${password}`, '처음 로그인할 때 새 비밀번호로 바꾸어야 합니다.'].join('\n')
}

/** Mails in Korean. */
export const mailKo: MailDictionary = Object.freeze({
  access: (facts: MailFacts, access: MailAccess) => ({
    subject: `[서비스 마켓] ${facts.service} 이용이 승인되었습니다`,
    text: [
      greeting(facts.name),
      `${facts.university}의 ${facts.service} 이용 신청이 승인되었습니다.`,
      `${contract(facts)}\n접속 주소: ${facts.accessUrl}`,
      login(access),
    ].join('\n\n'),
  }),
  rejected: ({ name, university, service }: Pick<MailFacts, 'name' | 'university' | 'service'>, reason: string) => ({
    subject: `[서비스 마켓] ${service} 이용 신청이 반려되었습니다`,
    text: [greeting(name), `${university}의 ${service} 이용 신청이 반려되었습니다.`, `사유: ${reason}`].join('\n\n'),
  }),
  expiryWarning: (facts: MailFacts, days: number) => ({
    subject: `[서비스 마켓] ${facts.service} 이용 기간이 ${days}일 남았습니다`,
    text: [greeting(facts.name), `이용 기간이 ${facts.endDate}에 끝납니다.`, contract(facts)].join('\n\n'),
  }),
  expired: (facts: MailFacts) => ({
    subject: `[서비스 마켓] ${facts.service} 이용 기간이 끝났습니다`,
    text: [greeting(facts.name), '연장하면 데이터를 그대로 이어서 쓸 수 있습니다.', contract(facts)].join('\n\n'),
  }),
  suspended: (facts: MailFacts, reason: string) => ({
    subject: `[서비스 마켓] ${facts.service} 이용이 일시 중지되었습니다`,
    text: [greeting(facts.name), `사유: ${reason}`, contract(facts)].join('\n\n'),
  }),
  resumed: (facts: MailFacts) => ({
    subject: `[서비스 마켓] ${facts.service} 이용이 다시 시작되었습니다`,
    text: [greeting(facts.name), contract(facts), `접속 주소: ${facts.accessUrl}`].join('\n\n'),
  }),
  planChanged: (facts: MailFacts) => ({
    subject: `[서비스 마켓] ${facts.service} 요금제가 바뀌었습니다`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  renewed: (facts: MailFacts) => ({
    subject: `[서비스 마켓] ${facts.service} 이용 기간이 연장되었습니다`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  cancelled: (facts: MailFacts) => ({
    subject: `[서비스 마켓] ${facts.service} 이용이 해지되었습니다`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  passwordReset: (name: string, access: MailAccess) => ({
    subject: '[서비스 마켓] 비밀번호가 초기화되었습니다',
    text: [greeting(name), login(access)].join('\n\n'),
  }),
})

import type { MailAccess, MailDictionary, MailFacts } from './mail-dictionary.ts'

const greeting = (name: string) => `Dear ${name},`

function contract({ service, plan, startDate, endDate }: MailFacts): string {
  return [`Service: ${service}`, `Plan: ${plan}`, `Term: ${startDate} to ${endDate}`].join('\n')
}

function login({ email, password, consoleUrl }: MailAccess): string {
  const lines = [`Console: ${consoleUrl}`, `E-mail: ${email}`]
  if (password === '') return [...lines, 'Password: the one you have'].join('\n')
  return [...lines, `One-time password: ${password}`, 'You choose your own at the first login.'].join('\n')
}

/** Mails in English. */
export const mailEn: MailDictionary = Object.freeze({
  access: (facts: MailFacts, access: MailAccess) => ({
    subject: `[Service Market] ${facts.service} is ready`,
    text: [
      greeting(facts.name),
      `The application of ${facts.university} for ${facts.service} was approved.`,
      `${contract(facts)}\nAddress: ${facts.accessUrl}`,
      login(access),
    ].join('\n\n'),
  }),
  rejected: ({ name, university, service }: Pick<MailFacts, 'name' | 'university' | 'service'>, reason: string) => ({
    subject: `[Service Market] Your application for ${service} was rejected`,
    text: [greeting(name), `The application of ${university} for ${service} was rejected.`, `Reason: ${reason}`].join(
      '\n\n',
    ),
  }),
  expiryWarning: (facts: MailFacts, days: number) => ({
    subject: `[Service Market] ${facts.service} ends in ${days} ${days === 1 ? 'day' : 'days'}`,
    text: [greeting(facts.name), `Your subscription ends on ${facts.endDate}.`, contract(facts)].join('\n\n'),
  }),
  expired: (facts: MailFacts) => ({
    subject: `[Service Market] ${facts.service} has ended`,
    text: [greeting(facts.name), 'Renew it to go on with your data.', contract(facts)].join('\n\n'),
  }),
  suspended: (facts: MailFacts, reason: string) => ({
    subject: `[Service Market] ${facts.service} is suspended`,
    text: [greeting(facts.name), `Reason: ${reason}`, contract(facts)].join('\n\n'),
  }),
  resumed: (facts: MailFacts) => ({
    subject: `[Service Market] ${facts.service} goes on`,
    text: [greeting(facts.name), contract(facts), `Address: ${facts.accessUrl}`].join('\n\n'),
  }),
  planChanged: (facts: MailFacts) => ({
    subject: `[Service Market] Your plan for ${facts.service} has changed`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  renewed: (facts: MailFacts) => ({
    subject: `[Service Market] ${facts.service} is renewed`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  cancelled: (facts: MailFacts) => ({
    subject: `[Service Market] ${facts.service} is cancelled`,
    text: [greeting(facts.name), contract(facts)].join('\n\n'),
  }),
  passwordReset: (name: string, access: MailAccess) => ({
    subject: '[Service Market] Your password was reset',
    text: [greeting(name), login(access)].join('\n\n'),
  }),
})

/** A mail: what it is called and what it says. */
export interface MailWords {
  readonly subject: string
  readonly text: string
}

/** What most mails speak of. */
export interface MailFacts {
  readonly name: string
  readonly university: string
  readonly service: string
  readonly plan: string
  /** `YYYY-MM-DD` */
  readonly startDate: string
  /** `YYYY-MM-DD`, the last day of use. */
  readonly endDate: string
  readonly accessUrl: string
}

/** How the receiver gets into the console. */
export interface MailAccess {
  readonly email: string
  /** For the first login; empty for an account that has one. */
  readonly password: string
  readonly consoleUrl: string
}

/** The mails of the market. */
export interface MailDictionary {
  access(facts: MailFacts, access: MailAccess): MailWords
  rejected(facts: Pick<MailFacts, 'name' | 'university' | 'service'>, reason: string): MailWords
  expiryWarning(facts: MailFacts, days: number): MailWords
  expired(facts: MailFacts): MailWords
  suspended(facts: MailFacts, reason: string): MailWords
  resumed(facts: MailFacts): MailWords
  planChanged(facts: MailFacts): MailWords
  renewed(facts: MailFacts): MailWords
  cancelled(facts: MailFacts): MailWords
  passwordReset(name: string, access: MailAccess): MailWords
}

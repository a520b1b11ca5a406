import type { Language } from './language.ts'

/** Texts of the sample services for the people of a tenant, in one language. */
export interface AssistantDictionary {
  readonly language: Language
  /** What refuses a request. */
  readonly refusals: {
    readonly credentials: string
    readonly inactive: string
    readonly notAdministrator: string
    readonly administratorsOnly: string
    readonly tooManyLogins: (seconds: number) => string
    readonly tooManyQuestions: (seconds: number) => string
    readonly invitation: string
  }
  /** What an answer out of documents is made of. */
  readonly answers: {
    readonly found: string
    readonly notFound: string
  }
  /** The page of a tenant. */
  readonly page: AssistantPageTexts
}

/** What the page's own script says. */
export interface AssistantPageTexts {
  readonly email: string
  readonly password: string
  readonly newPassword: string
  readonly login: string
  readonly logout: string
  readonly loggedInAs: string
  readonly choosePassword: string
  readonly passwordChosen: string
  readonly conversation: string
  readonly question: string
  readonly send: string
  readonly stop: string
  readonly newConversation: string
  readonly you: string
  readonly thinking: string
  readonly sources: string
  readonly stopped: string
  readonly failed: string
  readonly loginAgain: string
  readonly needsScript: string
}

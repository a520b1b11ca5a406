import type { AssistantDictionary } from './assistant-dictionary.ts'

/** English. */
export const assistantEn: AssistantDictionary = Object.freeze<AssistantDictionary>({
  language: 'en',
  refusals: {
    credentials: 'The e-mail or the password is wrong.',
    inactive: 'This account cannot be used. Ask your administrator.',
    notAdministrator: 'This is not the account of an administrator.',
    administratorsOnly: 'Only administrators may do this.',
    tooManyLogins: (seconds) => `Too many logins were refused. Try again in ${seconds} s.`,
    tooManyQuestions: (seconds) => `Too many questions. Try again in ${seconds} s.`,
    invitation: 'The invitation has expired or was used before.',
  },
  answers: {
    found: 'This is what the documents say.',
    notFound: 'The documents hold no answer to this. Ask in other words, or ask the office in charge.',
  },
  page: {
    email: 'E-mail',
    password: 'Password',
    newPassword: 'New password (at least 8 characters)',
    login: 'Log in',
    logout: 'Log out',
    loggedInAs: 'Logged in as',
    choosePassword: 'Choose a password',
    passwordChosen: 'The password is set. You can log in now.',
    conversation: 'Conversation',
    question: 'Question',
    send: 'Send',
    stop: 'Stop',
    newConversation: 'New conversation',
    you: 'You',
    thinking: 'Writing an answer…',
    sources: 'Sources',
    stopped: 'Stopped.',
    failed: 'No answer came. Try again in a while.',
    loginAgain: 'Your login has ended. Log in again.',
    needsScript: 'Switch JavaScript on to talk on this page.',
  },
})

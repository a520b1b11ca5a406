import { StandardApiError } from '@mt-paas/server'
import type { AssistantDictionary } from '../../text/assistant-dictionary.ts'

type Refusals = AssistantDictionary['refusals']

/** What the sample services refuse beside what every service does; messages are in the caller's language. */
export class AssistantError extends StandardApiError {
  /** The same whether the tenant, the user or the password is wrong. */
  static credentials({ credentials }: Refusals): AssistantError {
    return new AssistantError('UNAUTHORIZED', credentials)
  }

  static inactive({ inactive }: Refusals): AssistantError {
    return new AssistantError('FORBIDDEN', inactive)
  }

  static notAdministrator({ notAdministrator }: Refusals): AssistantError {
    return new AssistantError('FORBIDDEN', notAdministrator)
  }

  static administratorsOnly({ administratorsOnly }: Refusals): AssistantError {
    return new AssistantError('FORBIDDEN', administratorsOnly)
  }

  static tooManyLogins({ tooManyLogins }: Refusals, seconds: number): AssistantError {
    return new AssistantError('TOO_MANY_REQUESTS', tooManyLogins(seconds), later(seconds))
  }

  static tooManyQuestions({ tooManyQuestions }: Refusals, seconds: number): AssistantError {
    return new AssistantError('TOO_MANY_REQUESTS', tooManyQuestions(seconds), later(seconds))
  }

  /** Heard by nobody. */
  static callerLeft(): AssistantError {
    return new AssistantError('INVALID_REQUEST', 'The caller went away', { status: 400 })
  }

  static invitation({ invitation }: Refusals): AssistantError {
    return new AssistantError('FORBIDDEN', invitation)
  }
}

function later(seconds: number) {
  return { headers: { 'Retry-After': String(seconds) } }
}

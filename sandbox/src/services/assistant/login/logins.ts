import { canonicalEmail, type MultiTenant } from '@mt-paas/core'
import type { AssistantDictionary } from '../../../text/assistant-dictionary.ts'
import { AssistantError } from '../assistant-error.ts'
import { type User, user } from '../entity/index.ts'
import { atMost } from './at-most.ts'
import { type AttemptLimit, attemptLimit } from './attempt-limit.ts'
import { hashOfNobody, isPassword, type PasswordCost } from './password-hash.ts'

/** Who wants to log in, and from where. */
export interface LoginAttempt {
  readonly tenantId: string
  readonly email: string
  readonly password: string
  /** Address of the caller. */
  readonly address: string
  /** Whether only an administrator may. @default false */
  readonly administrator?: boolean
  readonly text: AssistantDictionary['refusals']
}

/** Checks passwords. */
export interface Logins {
  /**
   * The user of e-mail and password. What is wrong is not told, neither by words nor by time.
   * @throws AssistantError, the error of the tenant's state
   */
  login(attempt: LoginAttempt): Promise<User>
}

const WINDOW_MS = 15 * 60_000
/** Passwords tried at once: each takes one of the four threads that connections to databases need as well. */
const MOST_AT_ONCE = 2

/** Refused passwords are limited for an account from one address, for an address, and for an account from everywhere. */
export function logins({
  tenants,
  now,
  passwordCost,
}: {
  readonly tenants: MultiTenant['tenants']
  readonly now: () => Date
  readonly passwordCost?: PasswordCost | undefined
}): Logins {
  const limits: readonly { readonly limit: AttemptLimit; readonly keyOf: (attempt: LoginAttempt) => string }[] = [
    { limit: attemptLimit({ max: 10, windowMs: WINDOW_MS, now }), keyOf: (a) => `${accountOf(a)} ${a.address}` },
    { limit: attemptLimit({ max: 100, windowMs: WINDOW_MS, now }), keyOf: ({ address }) => address },
    { limit: attemptLimit({ max: 100, windowMs: WINDOW_MS, now }), keyOf: accountOf },
  ]
  // Compared with when there is no user, so that the time taken does not tell.
  const nobody = hashOfNobody(passwordCost)
  const inTurn = atMost(MOST_AT_ONCE)

  return {
    async login(attempt) {
      for (const { limit, keyOf } of limits) {
        const wait = limit.begin(keyOf(attempt))
        if (wait !== undefined) throw AssistantError.tooManyLogins(attempt.text, wait)
      }
      const { tenantId, email, password, administrator = false, text } = attempt
      const tenant = await tenants.find(tenantId)
      const em = tenant ? await tenants.entityManager(tenantId) : undefined
      const found = await em?.findOne(user, { emailKey: canonicalEmail(email) })
      const hash = found?.passwordHash ?? nobody
      const fits = await inTurn(() => isPassword(password, hash))
      if (!em || !found?.passwordHash || !fits) throw AssistantError.credentials(text)
      for (const { limit, keyOf } of limits) limit.undo(keyOf(attempt))
      if (found.status !== 'active') throw AssistantError.inactive(text)
      if (administrator && found.role !== 'admin') throw AssistantError.notAdministrator(text)
      found.lastLogin = now()
      await em.flush()
      return found
    },
  }
}

function accountOf({ tenantId, email }: LoginAttempt): string {
  return JSON.stringify([tenantId, canonicalEmail(email)])
}

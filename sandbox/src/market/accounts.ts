import { randomInt } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import type { SessionAccount } from '../console/sessions.ts'
import { type AccountRecord, accountRecord } from '../engine/entity/index.ts'
import type { Engine } from '../engine/index.ts'
import { hashOfNobody, hashPassword, isPassword, type PasswordCost } from '../services/assistant/login/password-hash.ts'
import { createLoginThrottle } from './login-throttle.ts'
import { MarketError } from './market-error.ts'
import { type MailDraft, post } from './outbox.ts'

/** Whom an account is made for. */
export interface AccountDraft {
  readonly email: string
  readonly name: string
  readonly university: string
}

/** A password to change, proven by the present one. */
export interface PasswordChange {
  readonly id: number
  readonly current: string
  readonly next: string
}

/** The accounts of tenant administrators. */
export interface Accounts {
  find(id: number): Promise<SessionAccount | null>
  isKnown(email: string): Promise<boolean>
  /** @throws StandardApiError 401, 429 after too many refusals */
  login(email: string, password: string): Promise<SessionAccount>
  /** Ends the account's other sessions. @throws StandardApiError 401 */
  changePassword(change: PasswordChange): Promise<SessionAccount>
  /** Finds or makes an account in a transaction; `passwordHash` is taken for a new one only. */
  ensure(em: EntityManager, draft: AccountDraft, passwordHash: string): Promise<EnsuredAccount>
  /** Gives an account a new one-time password, mails it and ends its sessions. @throws MarketError 404 */
  resetPassword(id: number, consoleUrl: string): Promise<void>
  /** A new one-time password, and its hash. */
  oneTimePassword(): Promise<OneTimePassword>
}

/** An account, and whether it was made just now. */
export interface EnsuredAccount {
  readonly account: AccountRecord
  readonly isNew: boolean
}

/** A password for the first login. */
export interface OneTimePassword {
  readonly password: string
  readonly hash: string
}

/** Without what is mistaken for something else. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const PASSWORD_LENGTH = 16

/** Same person, however the address was typed. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** What {@link createAccounts} takes. */
export interface AccountsOptions {
  /** Real time. */
  readonly now: () => Date
  /** @default PASSWORD_COST */
  readonly passwordCost?: PasswordCost | undefined
}

/** The accounts of a market. */
export function createAccounts(engine: Engine, { now, passwordCost }: AccountsOptions): Accounts {
  const { store, clock } = engine
  const throttle = createLoginThrottle(now)
  // Compared with when there is no account, so that the time taken does not tell.
  const nobody = hashOfNobody(passwordCost)

  return {
    async find(id) {
      const account = await store.reader().findOne(accountRecord, { id })
      return account && view(account)
    },
    async isKnown(email) {
      return (await store.reader().count(accountRecord, { emailKey: emailKeyOf(email) })) > 0
    },
    async login(email, password) {
      const key = emailKeyOf(email)
      throttle.assertFree(key)
      const account = await store.reader().findOne(accountRecord, { emailKey: key })
      const fits = await isPassword(password, account?.passwordHash ?? nobody)
      if (!account || !fits) {
        throttle.refused(key)
        throw MarketError.unauthorized()
      }
      throttle.accepted(key)
      const at = clock.now()
      await store.transaction((em) => em.nativeUpdate(accountRecord, { id: account.id }, { lastLoginAt: at }))
      return view(account)
    },
    async changePassword({ id, current, next }) {
      const account = await store.reader().findOne(accountRecord, { id })
      if (!account) throw MarketError.unauthorized()
      throttle.assertFree(account.emailKey)
      if (!(await isPassword(current, account.passwordHash))) {
        throttle.refused(account.emailKey)
        throw MarketError.unauthorized()
      }
      if (current === next) throw MarketError.samePassword()
      const passwordHash = await hashPassword(next, passwordCost)
      return store.transaction(async (em) => {
        const changed = await em.findOneOrFail(accountRecord, { id })
        Object.assign(changed, { passwordHash, mustChange: false, sessionVersion: changed.sessionVersion + 1 })
        return view(changed)
      })
    },
    async ensure(em, { email, name, university }, passwordHash) {
      const emailKey = emailKeyOf(email)
      const known = await em.findOne(accountRecord, { emailKey })
      if (known) return { account: known, isNew: false }
      const account = em.create(accountRecord, {
        email: email.trim(),
        emailKey,
        name,
        university,
        passwordHash,
        mustChange: true,
        sessionVersion: 1,
        createdAt: clock.now(),
      })
      await em.flush()
      return { account, isNew: true }
    },
    async resetPassword(id, consoleUrl) {
      const { password, hash } = await oneTimePassword(passwordCost)
      await engine.events.journal(async (em, tell) => {
        const account = await em.findOne(accountRecord, { id })
        if (!account) throw MarketError.unknown('account', id)
        const { email, name, sessionVersion } = account
        Object.assign(account, { passwordHash: hash, mustChange: true, sessionVersion: sessionVersion + 1 })
        const words: MailDraft['words'] = (text) => text.passwordReset(name, { email, password, consoleUrl })
        post(em, engine, { kind: 'password_reset', to: email, words })
        tell('account.password_reset', { data: { account_id: id } })
      })
    },
    oneTimePassword: () => oneTimePassword(passwordCost),
  }
}

async function oneTimePassword(cost: PasswordCost | undefined): Promise<OneTimePassword> {
  const letters = Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  const password = letters.join('')
  return { password, hash: await hashPassword(password, cost) }
}

function view({ id, email, name, mustChange, sessionVersion }: AccountRecord): SessionAccount {
  return { accountId: id, email, name, mustChangePassword: mustChange, sessionVersion }
}

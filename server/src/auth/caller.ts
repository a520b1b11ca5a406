import type { UserRole } from '../contract/index.ts'

/** The market, known by its key; `keyId` tells keys apart without revealing them. */
export interface MarketCaller {
  readonly kind: 'market'
  readonly keyId: string
}

/** A person with a token, bound to one tenant. */
export interface UserCaller {
  readonly kind: 'user'
  readonly userId: string
  readonly tenantId: string
  readonly role: UserRole
  /** All claims of the verified token. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** Nobody in particular: a public operation, or authentication is switched off. */
export interface AnonymousCaller {
  readonly kind: 'anonymous'
}

/** Who sent a request. */
export type Caller = MarketCaller | UserCaller | AnonymousCaller

import { createSecretKey } from 'node:crypto'
import type { MultiTenant } from '@mt-paas/core'
import { type BearerAuth, bearerAuth, StandardApiError, type UserCaller } from '@mt-paas/server'
import { SignJWT } from 'jose'
import { type User, user } from '../entity/index.ts'

/** What {@link userTokens} works with. */
export interface UserTokensOptions {
  /** Issuer and audience: a token of one service is none for another. */
  readonly service: string
  /** At least 32 bytes. */
  readonly secret: string
  readonly tenants: MultiTenant['tenants']
  readonly now: () => Date
}

/** A token and how long it is good, in seconds. */
export interface IssuedToken {
  readonly token: string
  readonly expiresIn: number
}

/** Makes and checks the tokens of users. */
export interface UserTokens {
  issue(tenantId: string, of: User): Promise<IssuedToken>
  /** Also asks the tenant's database: who was removed or closed out has no good token, and the role is that of now. */
  readonly bearer: BearerAuth
}

/** In seconds. */
const LIFETIME = 30 * 60

/** Users log in again after half an hour. */
export function userTokens({ service, secret, tenants, now }: UserTokensOptions): UserTokens {
  const key = createSecretKey(secret, 'utf8')
  const signed = bearerAuth({ secret, issuer: service, audience: service, maxTokenAge: LIFETIME, currentDate: now })

  async function authenticate(authorization: string | undefined): Promise<UserCaller | undefined> {
    const caller = await signed.authenticate(authorization)
    if (!caller) return undefined
    const em = await tenants.entityManager(caller.tenantId)
    const found = await em.findOne(user, { id: caller.userId, status: 'active' })
    if (!found) throw StandardApiError.unauthorized()
    return { ...caller, role: found.role }
  }

  return {
    bearer: Object.assign(signed.bind(undefined), { authenticate }),
    async issue(tenantId, { id, role }) {
      const at = Math.floor(now().getTime() / 1_000)
      const token = await new SignJWT({ tenant_id: tenantId, role })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(service)
        .setAudience(service)
        .setSubject(id)
        .setIssuedAt(at)
        .setExpirationTime(at + LIFETIME)
        .sign(key)
      return { token, expiresIn: LIFETIME }
    },
  }
}

import { createHash, createSecretKey } from 'node:crypto'
import { canonicalEmail, type EntityManager, type MultiTenant } from '@mt-paas/core'
import { UserNotFoundError } from '@mt-paas/server'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { AssistantDictionary } from '../../../text/assistant-dictionary.ts'
import { AssistantError } from '../assistant-error.ts'
import { type User, user } from '../entity/index.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'

/** What {@link invitations} works with. */
export interface InvitationsOptions {
  readonly service: string
  /** At least 32 bytes. */
  readonly secret: string
  readonly tenants: MultiTenant['tenants']
  readonly accessUrl: (tenantId: string) => string
  readonly now: () => Date
  readonly passwordCost?: PasswordCost | undefined
}

/** A link with which a user chooses a password, once. */
export interface Invitation {
  readonly tenantId: string
  readonly email: string
  readonly url: string
  readonly expiresAt: Date
}

/** Lets users choose their passwords. */
export interface Invitations {
  /** @throws UserNotFoundError, the error of the tenant's state */
  invite(tenantId: string, email: string): Promise<Invitation>
  /** @throws AssistantError when the invitation is not good any more */
  accept(token: string, password: string, text: AssistantDictionary['refusals']): Promise<void>
}

const DAYS = 7
const DAY = 86_400

const Claims = z.object({ sub: z.string(), tenant_id: z.string(), state: z.string() })

/** An invitation names the password that it replaces, so that it ends with it. */
export function invitations(options: InvitationsOptions): Invitations {
  const { service, secret, tenants, accessUrl, now, passwordCost } = options
  const key = createSecretKey(secret, 'utf8')
  const audience = `${service}:invitation`

  async function verified(token: string): Promise<z.output<typeof Claims> | undefined> {
    const rules = {
      algorithms: ['HS256'],
      issuer: service,
      audience,
      currentDate: now(),
      requiredClaims: ['exp', 'sub'],
    }
    const payload = await jwtVerify(token, key, rules).then(
      (result) => result.payload,
      () => undefined,
    )
    return Claims.safeParse(payload).data
  }

  return {
    async invite(tenantId, email) {
      const em = await tenants.entityManager(tenantId)
      const found = await em.findOne(user, { emailKey: canonicalEmail(email) })
      if (!found) throw new UserNotFoundError(email)
      const at = Math.floor(now().getTime() / 1_000)
      const token = await new SignJWT({ tenant_id: tenantId, state: stateOf(found) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(service)
        .setAudience(audience)
        .setSubject(found.id)
        .setIssuedAt(at)
        .setExpirationTime(at + DAYS * DAY)
        .sign(key)
      const url = `${accessUrl(tenantId)}#invitation=${token}`
      return { tenantId, email: found.email, url, expiresAt: new Date((at + DAYS * DAY) * 1_000) }
    },

    async accept(token, password, text) {
      const claims = await verified(token)
      if (!claims) throw AssistantError.invitation(text)
      const em = await tenants.entityManager(claims.tenant_id)
      const passwordHash = await hashPassword(password, passwordCost)
      await em.transactional(async (transaction) => {
        const found = await lockedUser(transaction, claims.sub)
        if (!found || stateOf(found) !== claims.state) throw AssistantError.invitation(text)
        found.passwordHash = passwordHash
      })
    },
  }
}

/** Of two that accept at once, one waits and finds the invitation used. */
async function lockedUser(em: EntityManager, id: string): Promise<User | null> {
  await em.execute('select 1 from users where id = ? for update', [id])
  return em.findOne(user, { id })
}

function stateOf({ passwordHash }: Pick<User, 'passwordHash'>): string {
  return createHash('sha256')
    .update(passwordHash ?? '')
    .digest('base64url')
    .slice(0, 22)
}

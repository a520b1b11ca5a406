import { createHash, randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Caller, TenantAdmin } from './caller.ts'

/** An account as sessions see it. */
export interface SessionAccount extends Omit<TenantAdmin, 'kind'> {
  /** Sessions of other versions are over. */
  readonly sessionVersion: number
}

/** What {@link openSessions} works with. */
export interface SessionsOptions {
  /** Signs the sessions; at least 32 bytes. */
  readonly secret: Uint8Array
  /** Real time: the clock of the sandbox may be days ahead. */
  readonly now: () => Date
  readonly accountOf: (id: number) => Promise<SessionAccount | null>
}

/** Who is logged in to the console. */
export interface Sessions {
  /** A token that opens one session of the operator, once. */
  oneTimeToken(): string
  /** Null for a token that was used or never made. */
  exchange(oneTimeToken: string): Promise<string | null>
  ofAccount(account: SessionAccount): Promise<string>
  /** Anonymous for what is no session, or no longer one. */
  callerOf(session: string): Promise<Caller>
}

/** How long a session lasts, seconds. */
export const SESSION_SECONDS = 43_200

const ISSUER = 'mt-paas-sandbox'
const AUDIENCE = 'mt-paas-console'
const MOST_TOKENS = 1_000
const OPERATOR = Object.freeze({ kind: 'operator' } as const)
const ANONYMOUS = Object.freeze({ kind: 'anonymous' } as const)
const Claims = z.union([
  z.object({ role: z.literal('operator') }),
  z.object({ role: z.literal('tenant_admin'), account: z.int(), version: z.int() }),
])

/** Makes sessions that are signed, and kept by nobody but their owners. */
export function openSessions({ secret, now, accountOf }: SessionsOptions): Sessions {
  const tokens = new Set<string>()

  function sign(subject: string, claims: z.infer<typeof Claims>): Promise<string> {
    const issued = Math.floor(now().getTime() / 1_000)
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setIssuedAt(issued)
      .setExpirationTime(issued + SESSION_SECONDS)
      .sign(secret)
  }

  async function claimsOf(session: string): Promise<z.infer<typeof Claims> | undefined> {
    try {
      const { payload } = await jwtVerify(session, secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: SESSION_SECONDS,
        clockTolerance: 30,
        currentDate: now(),
      })
      return Claims.safeParse(payload).data
    } catch {
      return undefined
    }
  }

  return {
    oneTimeToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.add(digest(token))
      const [oldest] = tokens
      if (tokens.size > MOST_TOKENS && oldest !== undefined) tokens.delete(oldest)
      return token
    },
    async exchange(token) {
      return tokens.delete(digest(token)) ? sign('operator', { role: 'operator' }) : null
    },
    ofAccount: ({ accountId, sessionVersion }) =>
      sign(`account/${accountId}`, { role: 'tenant_admin', account: accountId, version: sessionVersion }),
    async callerOf(session) {
      const claims = await claimsOf(session)
      if (!claims) return ANONYMOUS
      if (claims.role === 'operator') return OPERATOR
      const found = await accountOf(claims.account)
      if (!found || found.sessionVersion !== claims.version) return ANONYMOUS
      const { sessionVersion: _version, ...account } = found
      return { kind: 'tenant_admin', ...account }
    },
  }
}

/** Tokens are kept as digests, so that looking one up tells nothing of it by its time. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

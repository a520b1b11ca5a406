import type { Middleware } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { respondError } from '../http/respond.ts'
import type { UserCaller } from './caller.ts'
import { type TokenVerifierOptions, tokenVerifier } from './token-verifier.ts'

/** Options of {@link bearerAuth}. */
export interface BearerAuthOptions extends TokenVerifierOptions {
  /** Whether the middleware refuses a request without a token; a bad token is always refused. @default true */
  readonly required?: boolean | undefined
}

/**
 * Koa middleware that puts the user of a JSON Web Token in `ctx.state.caller`, and answers itself when it refuses.
 * Failures to fetch keys are emitted as the application's `error` event.
 */
export interface BearerAuth extends Middleware {
  /**
   * The user of an `Authorization` header; undefined when it holds no Bearer token.
   * @throws StandardApiError `UNAUTHORIZED`, or `SERVICE_UNAVAILABLE` when the keys cannot be fetched
   */
  authenticate(authorization: string | undefined): Promise<UserCaller | undefined>
}

const BEARER = /^bearer(?!\S) *(.*)$/is

/**
 * Authenticates users by bearer tokens.
 * @throws TypeError naming the option that does not fit
 */
export function bearerAuth(options: BearerAuthOptions): BearerAuth {
  const { required = true, ...rules } = options
  if (typeof required !== 'boolean') throw new TypeError('required must be true or false')
  const verify = tokenVerifier(rules)

  async function authenticate(authorization: string | undefined): Promise<UserCaller | undefined> {
    const match = authorization === undefined ? null : BEARER.exec(authorization)
    return match ? verify(match[1] ?? '') : undefined
  }

  const middleware: Middleware = async function bearerAuth(ctx, next) {
    let caller: UserCaller | undefined
    try {
      caller = await authenticate(ctx.headers.authorization)
      if (!caller && required) throw StandardApiError.unauthorized()
    } catch (thrown) {
      const error = normaliseError(thrown)
      if (error.status >= 500) ctx.app.emit('error', error, ctx)
      respondError(ctx, error)
      return
    }
    if (caller) ctx.state.caller = caller
    await next()
  }
  return Object.assign(middleware, { authenticate })
}

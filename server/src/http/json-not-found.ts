import type { Context, Middleware, Next } from 'koa'
import { StandardApiError } from '../error/index.ts'
import { respondError } from './respond.ts'

/** Answers what nothing else has answered with the error body of the contract, instead of Koa's plain text. */
export function jsonNotFound(): Middleware {
  return async function jsonNotFoundMiddleware(koa: Context, next: Next): Promise<void> {
    await next()
    if (isUnanswered(koa)) respondError(koa, StandardApiError.notFound())
  }
}

/** Whether a request has come back from every middleware without an answer. */
export function isUnanswered(koa: Context): boolean {
  return koa.status === 404 && koa.body === undefined && koa.respond !== false
}

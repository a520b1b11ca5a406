import type { z } from 'zod'
import { ActivateRequest, FlatWebhook, NestedWebhook } from '../contract/index.ts'
import { StandardApiError, wirePath } from '../error/index.ts'
import { type Application, fromFlatWebhook, fromNestedWebhook } from './application.ts'

/** A body of `auto-provision`: one of the three that are sent to it. */
export type AutoProvisionBody =
  | { readonly kind: 'activation'; readonly activation: ActivateRequest }
  | { readonly kind: 'application'; readonly application: Application }

/**
 * Tells the three bodies apart by the member only they have.
 * @throws StandardApiError 422 with the places that do not fit
 */
export function readAutoProvision(body: Readonly<Record<string, unknown>>): AutoProvisionBody {
  if (isApplication(body)) return { kind: 'application', application: readApplication(body) }
  return { kind: 'activation', activation: fitting(ActivateRequest, body) }
}

/**
 * Reads an application in either shape.
 * @throws StandardApiError 422 with the places that do not fit
 */
export function readApplication(body: Readonly<Record<string, unknown>>): Application {
  if (Object.hasOwn(body, 'application')) return fromNestedWebhook(fitting(NestedWebhook, body))
  return fromFlatWebhook(fitting(FlatWebhook, body))
}

function isApplication(body: Readonly<Record<string, unknown>>): boolean {
  return ['application', 'application_id', 'applicant'].some((member) => Object.hasOwn(body, member))
}

function fitting<TSchema extends z.ZodType>(schema: TSchema, body: unknown): z.output<TSchema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw StandardApiError.invalidRequest(
    result.error.issues.map(({ path, message }) => ({ loc: ['body', ...wirePath(path)], message })),
  )
}

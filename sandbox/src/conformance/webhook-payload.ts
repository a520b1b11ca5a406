import type { CheckContext } from './check-context.ts'
import type { Members } from './http/operation-request.ts'

/** What differs from the usual application. */
export interface ApplicationOptions {
  /** @default a new one */
  readonly id?: number
  /** @default 'demo' */
  readonly kind?: string
  /** @default a new one */
  readonly email?: string
  /** @default '적합성대학교' */
  readonly university?: string
  /** `YYYY-MM-DD`. @default none */
  readonly endDate?: string
}

const service = { id: 1, slug: 'test-service', title: 'Test Service' }
const details = { contact: '02-000-0000', reason: 'SDK 테스트' }

function applicant(ctx: CheckContext, { email, university = '적합성대학교' }: ApplicationOptions) {
  return { id: 1, name: '테스트', email: email ?? ctx.newEmail(), university_name: university }
}

/** An approved application in the flat shape. */
export function flatApplication(ctx: CheckContext, options: ApplicationOptions = {}): Members {
  const { id = ctx.newApplicationId(), kind = 'demo', endDate } = options
  return {
    application_id: id,
    kind,
    ...details,
    applicant: applicant(ctx, options),
    service,
    ...(endDate !== undefined && { end_date: endDate }),
  }
}

/** An approved application in the nested shape. */
export function nestedApplication(ctx: CheckContext, options: ApplicationOptions = {}): Members {
  const { id = ctx.newApplicationId(), kind = 'demo' } = options
  return { application: { id, kind, ...details }, applicant: applicant(ctx, options), service }
}

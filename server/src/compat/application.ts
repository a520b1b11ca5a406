import type { Applicant, ApplicationKind, AppliedService, FlatWebhook, NestedWebhook } from '../contract/index.ts'

/** An approved application, whichever shape it came in; dates are `YYYY-MM-DD`. */
export interface Application {
  readonly id: number
  readonly kind: ApplicationKind
  readonly contact: string | null
  readonly reason: string | null
  readonly applicant: Applicant
  readonly service: AppliedService
  readonly callbackUrl: string | null
  readonly startDate: string | null
  readonly endDate: string | null
}

/** Reads the payload documented for `auto-provision`. */
export function fromFlatWebhook(webhook: FlatWebhook): Application {
  const { application_id, kind, contact, reason, applicant, service, callback_url, start_date, end_date } = webhook
  return {
    id: application_id,
    kind,
    contact: contact ?? null,
    reason: reason ?? null,
    applicant,
    service,
    callbackUrl: callback_url ?? null,
    startDate: start_date ?? null,
    endDate: end_date ?? null,
  }
}

/** Reads the payload documented for `application-approved`. */
export function fromNestedWebhook({ application, applicant, service }: NestedWebhook): Application {
  const { id, kind, contact, reason } = application
  return {
    id,
    kind,
    contact: contact ?? null,
    reason: reason ?? null,
    applicant,
    service,
    callbackUrl: null,
    startDate: null,
    endDate: null,
  }
}

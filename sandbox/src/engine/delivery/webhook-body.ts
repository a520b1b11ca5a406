import type { ActivateRequest, FlatWebhook, NestedWebhook } from '@mt-paas/server/contract'
import type { ApplicationRecord } from '../entity/index.ts'

/** A body that a service gets for an application. */
export type WebhookBody = FlatWebhook | NestedWebhook | ActivateRequest

/** The body of an application in its shape, members in the order in which the market sends them. */
export function webhookBody(application: ApplicationRecord): WebhookBody {
  switch (application.shape) {
    case 'flat':
      return flat(application)
    case 'nested':
      return nested(application)
    case 'standard':
      return activation(application)
  }
}

/** Id of the tenant that an application asks the Standard API for. */
export function tenantIdOf({ kind, serviceSlug, id }: Pick<ApplicationRecord, 'kind' | 'serviceSlug' | 'id'>): string {
  const slug = serviceSlug.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  return `${kind}_${slug}_${id}`
}

function flat(application: ApplicationRecord): FlatWebhook {
  const { id, kind, contact, reason, callbackUrl, startDate, endDate } = application
  return {
    application_id: id,
    kind,
    contact,
    reason,
    ...people(application),
    callback_url: callbackUrl,
    start_date: startDate,
    end_date: endDate,
  }
}

function nested(application: ApplicationRecord): NestedWebhook {
  const { id, kind, contact, reason } = application
  return { application: { id, kind, contact, reason }, ...people(application) }
}

function people(application: ApplicationRecord) {
  const { applicantId, applicantName, applicantEmail, universityName } = application
  const { serviceId, serviceSlug, serviceTitle } = application
  return {
    applicant: { id: applicantId, name: applicantName, email: applicantEmail, university_name: universityName },
    service: { id: serviceId, slug: serviceSlug, title: serviceTitle },
  }
}

function activation(application: ApplicationRecord): ActivateRequest {
  const { kind, applicantName, applicantEmail, universityName, serviceSlug, contact, reason } = application
  return {
    tenant_id: tenantIdOf(application),
    tenant_name: universityName,
    plan: kind === 'demo' ? 'demo' : 'standard',
    features: [],
    config: {
      application_id: application.id,
      kind,
      service: serviceSlug,
      contact,
      reason,
      callback_url: application.callbackUrl,
      start_date: application.startDate,
      end_date: application.endDate,
    },
    contact: { email: applicantEmail, name: applicantName },
  }
}

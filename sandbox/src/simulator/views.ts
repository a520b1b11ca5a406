import {
  type ApplicationRecord,
  type AttemptRecord,
  answerText,
  type CallbackRecord,
  type DeliveryRecord,
  type EventRecord,
  judgeAnswer,
  type ServiceRecord,
} from '../engine/index.ts'

/** An application on the wire. */
export function applicationView(application: ApplicationRecord) {
  const { id, kind, contact, reason, status, shape } = application
  return {
    id,
    kind,
    status,
    contact,
    reason,
    applicant: {
      id: application.applicantId,
      name: application.applicantName,
      email: application.applicantEmail,
      university_name: application.universityName,
    },
    service: { id: application.serviceId, slug: application.serviceSlug, title: application.serviceTitle },
    shape,
    webhook_url: application.url,
    callback_url: application.callbackUrl,
    start_date: application.startDate,
    end_date: application.endDate,
    tenant_id: application.tenantId ?? null,
    access_url: application.accessUrl ?? null,
    message: application.message ?? null,
    failure: application.failure ?? null,
    created_at: application.createdAt.toISOString(),
    updated_at: application.updatedAt.toISOString(),
  }
}
export type ApplicationView = ReturnType<typeof applicationView>

/** A delivery on the wire. */
export function deliveryView(delivery: DeliveryRecord) {
  return {
    id: delivery.id,
    sequence: delivery.sequence,
    application_id: delivery.applicationId ?? null,
    service: delivery.serviceSlug ?? null,
    source: delivery.source,
    shape: delivery.shape,
    url: delivery.url,
    state: delivery.state,
    attempts: delivery.attempts,
    retry: delivery.retry,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
    finished_at: delivery.finishedAt?.toISOString() ?? null,
  }
}

/** What came of a delivery so far, in the words of the old simulator's results. */
export function resultView(delivery: DeliveryRecord, last: AttemptRecord | undefined) {
  const { application_id, state, ...rest } = deliveryView(delivery)
  return {
    ...rest,
    application_id,
    state,
    success: state === 'delivered',
    status_code: last?.responseStatus ?? null,
    response_time_ms: last?.durationMs ?? null,
    reason: last?.reason ?? null,
    error: last?.error ?? null,
    response: last?.responseBody ? jsonOrText(answerText(last.responseBody, last.responseHeaders ?? {})) : null,
  }
}
export type ResultView = ReturnType<typeof resultView>

/** An attempt with every byte, as text where the bytes are UTF-8 and as base64 always. */
export function attemptView(attempt: AttemptRecord, shape: DeliveryRecord['shape']) {
  const { responseBody, responseHeaders, responseStatus } = attempt
  const text = responseBody ? answerText(responseBody, responseHeaders ?? {}) : null
  return {
    id: attempt.id,
    delivery_id: attempt.deliveryId,
    application_id: attempt.applicationId ?? null,
    number: attempt.number,
    copy: attempt.copy,
    state: attempt.state,
    started_at: attempt.startedAt.toISOString(),
    finished_at: attempt.finishedAt?.toISOString() ?? null,
    duration_ms: attempt.durationMs ?? null,
    reason: attempt.reason ?? null,
    error: attempt.error ?? null,
    fault: attempt.fault ?? null,
    request: {
      method: 'POST',
      url: attempt.url,
      headers: attempt.requestHeaders,
      body: Buffer.from(attempt.requestBody).toString('utf8'),
      body_base64: Buffer.from(attempt.requestBody).toString('base64'),
    },
    response:
      responseStatus == null || !responseBody
        ? null
        : {
            status: responseStatus,
            headers: responseHeaders ?? {},
            body: text ?? '',
            body_base64: Buffer.from(responseBody).toString('base64'),
            findings: judgeAnswer(shape, responseStatus, text ?? ''),
          },
  }
}
export type AttemptView = ReturnType<typeof attemptView>

/** A callback on the wire. */
export function callbackView(callback: CallbackRecord) {
  return {
    id: callback.id,
    webhook_id: callback.webhookId ?? null,
    service: callback.serviceSlug ?? null,
    application_id: callback.applicationId ?? null,
    tenant_id: callback.tenantId ?? null,
    success: callback.success ?? null,
    verdict: callback.verdict,
    reason: callback.reason ?? null,
    headers: callback.headers,
    body: Buffer.from(callback.body).toString('utf8'),
    body_base64: Buffer.from(callback.body).toString('base64'),
    received_at: callback.receivedAt.toISOString(),
    answer: { status: callback.answerStatus, body: callback.answerBody },
  }
}
export type CallbackView = ReturnType<typeof callbackView>

/** A service on the wire; secrets are told to be there, and no more. */
export function serviceView(service: ServiceRecord) {
  return {
    slug: service.slug,
    service_id: service.serviceId,
    title: service.title,
    base_url: service.baseUrl,
    shape: service.shape,
    has_next_api_key: service.nextApiKey != null,
    is_signed: service.signingSecret != null,
    checks_key: service.serviceKey != null,
    checks_signature: service.callbackSecret != null,
    created_at: service.createdAt.toISOString(),
  }
}

/** An event on the wire. */
export function eventView({ id, at, type, applicationId, deliveryId, data }: EventRecord) {
  return {
    id,
    at: at.toISOString(),
    type,
    application_id: applicationId ?? null,
    delivery_id: deliveryId ?? null,
    data,
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

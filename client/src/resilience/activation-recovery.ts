import { ActivateRequest, type ActivateResponse, StatusResponse } from '@mt-paas/server/contract'
import type { ServiceError } from '../error/service-error.ts'
import type { OutgoingCall } from '../link/answerer.ts'
import type { Outcome } from './service-guard.ts'

/** What the service said of a tenant after the answer to its activation was lost. */
export type AfterLostAnswer = 'unknown' | 'absent' | StatusResponse

/** The question that comes before an activation is repeated. */
export function statusQuestion(activation: OutgoingCall): OutgoingCall {
  const request = ActivateRequest.safeParse(activation.input)
  const input = { tenant_id: request.data?.tenant_id ?? '' }
  return { ...activation, type: 'query', path: 'getTenantStatus', input }
}

/** Reads the answer to {@link statusQuestion}. */
export function readStatus(outcome: Outcome | undefined): AfterLostAnswer {
  if (!outcome) return 'unknown'
  if ('error' in outcome) return outcome.error.code === 'TENANT_NOT_FOUND' ? 'absent' : 'unknown'
  return StatusResponse.safeParse(outcome.data).data ?? 'unknown'
}

/**
 * The answer of an activation whose own answer was lost, when its repetition met an active tenant with the plan
 * and the features asked for. The access URL went with the lost answer: it is empty here.
 */
export function confirmedActivation(
  activation: OutgoingCall,
  error: ServiceError,
  status: AfterLostAnswer | undefined,
): ActivateResponse | undefined {
  if (error.code !== 'TENANT_EXISTS' || typeof status !== 'object' || status.status !== 'active') return undefined
  const request = ActivateRequest.safeParse(activation.input).data
  if (request?.tenant_id !== status.tenant_id || request.plan !== status.plan) return undefined
  const features = new Set(status.features)
  if (features.size !== new Set(request.features).size || !request.features.every((one) => features.has(one))) {
    return undefined
  }
  const message = `Tenant ${status.tenant_id} is active, says its status; the answer with the access URL was lost`
  return { success: true, tenant_id: status.tenant_id, access_url: '', message }
}

import { GuardedFetchError } from '@mt-paas/server'

/** Why an attempt failed. */
export const failureReasons = [
  'connection_refused',
  'connection_reset',
  'dns',
  'tls',
  'timeout',
  'unreachable',
  'target_refused',
  'answer_too_large',
  'redirect',
  'invalid_payload',
  'unauthorized',
  'not_found',
  'conflict',
  'gone',
  'rate_limited',
  'client_error',
  'unavailable',
  'server_error',
  'unexpected_status',
  'fault',
] as const

/** One of {@link failureReasons}. */
export type FailureReason = (typeof failureReasons)[number]

const ofStatus: Readonly<Record<number, FailureReason>> = {
  400: 'invalid_payload',
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  405: 'not_found',
  409: 'conflict',
  410: 'gone',
  415: 'invalid_payload',
  422: 'invalid_payload',
  429: 'rate_limited',
  503: 'unavailable',
}

/** Why an answer counts as a failure; null for 2xx. */
export function reasonOfStatus(status: number): FailureReason | null {
  if (status >= 200 && status < 300) return null
  const known = ofStatus[status]
  if (known) return known
  if (status >= 300 && status < 400) return 'redirect'
  if (status >= 400 && status < 500) return 'client_error'
  return status >= 500 && status < 600 ? 'server_error' : 'unexpected_status'
}

/** Why there is no answer, in the taxonomy and for people. */
export function reasonOfError(error: unknown): { readonly reason: FailureReason; readonly error: string } {
  if (!(error instanceof GuardedFetchError)) return { reason: reasonOfCode(codeOf(error)), error: textOf(error) }
  switch (error.reason) {
    case 'timeout':
    case 'answer_too_large':
      return { reason: error.reason, error: error.message }
    case 'not_resolved':
      return { reason: 'dns', error: error.message }
    case 'url_refused':
    case 'address_refused':
      return { reason: 'target_refused', error: error.message }
    case 'unreachable':
      return { reason: reasonOfCode(codeOf(error.cause)), error: textOf(error.cause) }
  }
}

const resets = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_CONSTANT'])

function reasonOfCode(code: string): FailureReason {
  if (code === 'ECONNREFUSED') return 'connection_refused'
  if (code === 'ETIMEDOUT') return 'timeout'
  if (resets.has(code) || code.startsWith('HPE_')) return 'connection_reset'
  if (code.includes('CERT') || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return 'tls'
  }
  return 'unreachable'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError) return textOf(error.errors[0])
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}

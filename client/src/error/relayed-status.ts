import type { ServiceError } from './service-error.ts'
import type { ServiceErrorCode } from './service-error-code.ts'

const statusOfCode: Partial<Record<ServiceErrorCode, number>> = {
  SERVICE_NOT_REGISTERED: 404,
  UNREACHABLE: 502,
  INVALID_RESPONSE: 502,
  TIMEOUT: 504,
  ABORTED: 503,
  CIRCUIT_OPEN: 503,
  OVERLOADED: 503,
  INVALID_REQUEST: 422,
}

/**
 * The HTTP status with which a market tells its own caller of a service's failure. A service that fails, or refuses
 * the market's own key, is the market's failure, not its caller's: 502. Otherwise what the service answered; what it
 * did not answer, by code.
 */
export function relayedStatus({ code, status }: ServiceError): number {
  const isOfTenant = code === 'FEATURE_DISABLED' || code === 'TENANT_SUSPENDED'
  const refused = (status === 401 || status === 403) && !isOfTenant
  const failed = status !== null && status >= 500 && status !== 503
  return refused || failed ? 502 : (status ?? statusOfCode[code] ?? 500)
}

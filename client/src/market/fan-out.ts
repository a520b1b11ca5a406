import { isServiceError, type ServiceError } from '../error/service-error.ts'
import type { ServiceErrorCode } from '../error/service-error-code.ts'
import type { CallOptions } from '../service/service-call.ts'
import type { ServiceClient } from '../service/service-client.ts'

/**
 * How a call of many ended. `rejected` is an error the service answered with, or a call that could not be sent;
 * `timeout` is the deadline, or the caller's giving up.
 */
export type FanOutStatus = 'ok' | 'rejected' | 'timeout' | 'unreachable' | 'circuit_open' | 'invalid_response'

/** The answer of one service. */
export interface ServiceSuccess<T> {
  readonly serviceId: string
  readonly status: 'ok'
  readonly value: T
  /** ms */
  readonly duration: number
}

/** Why one service has no answer. */
export interface ServiceFailure {
  readonly serviceId: string
  readonly status: Exclude<FanOutStatus, 'ok'>
  readonly error: ServiceError
  /** ms */
  readonly duration: number
}

/** What one service of many answered. */
export type ServiceResult<T> = ServiceSuccess<T> | ServiceFailure

/** The results of a call to many services: one for each, in the order of registration. */
export interface FanOut<T> {
  readonly results: readonly ServiceResult<T>[]
  /** Whether any service has no answer here. */
  readonly partial: boolean
}

/** How many services are called at once. */
export interface FanOutOptions {
  /** All results are there by then, ms. @default 10_000 */
  readonly deadline?: number
  /** Gives all calls up. @default none */
  readonly signal?: AbortSignal
  /** Ids of the services to call. @default all */
  readonly services?: readonly string[]
}

const statuses: Partial<Record<ServiceErrorCode, ServiceFailure['status']>> = {
  TIMEOUT: 'timeout',
  ABORTED: 'timeout',
  UNREACHABLE: 'unreachable',
  CIRCUIT_OPEN: 'circuit_open',
  INVALID_RESPONSE: 'invalid_response',
}

/** Calls all services at the same time. It does not reject for what a service does. */
export async function fanOut<T>(
  clients: readonly ServiceClient[],
  call: (client: ServiceClient, options: CallOptions) => Promise<T>,
  { deadline = 10_000, signal }: FanOutOptions,
): Promise<FanOut<T>> {
  const options = { timeout: deadline, ...(signal && { signal }) }
  const results = await Promise.all(clients.map((client) => settled(client.id, () => call(client, options))))
  return { results, partial: results.some(({ status }) => status !== 'ok') }
}

async function settled<T>(serviceId: string, work: () => Promise<T>): Promise<ServiceResult<T>> {
  const start = performance.now()
  const duration = () => Math.round(performance.now() - start)
  try {
    const value = await work()
    return { serviceId, status: 'ok', value, duration: duration() }
  } catch (error) {
    if (!isServiceError(error)) throw error
    return { serviceId, status: statuses[error.code] ?? 'rejected', error, duration: duration() }
  }
}

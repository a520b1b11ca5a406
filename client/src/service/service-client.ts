import { type HealthResponse, type OperationName, operations, type StandardRouter } from '@mt-paas/server/contract'
import { createTRPCClient, type TRPCClient } from '@trpc/client'
import { pooledConnections } from '../http/connections.ts'
import type { Answerer } from '../link/answerer.ts'
import { terminatingLink } from '../link/terminating-link.ts'
import { serviceAnswerer } from './service-answerer.ts'
import type { CallInput, CallOptions, CallResult, ServiceCall } from './service-call.ts'
import type { ServiceClientOptions } from './service-options.ts'

/**
 * One service, typed end to end. Every operation is a function, `service.listUsers({ … })`, and has tRPC's name
 * for it too, `service.listUsers.query({ … })`.
 *
 * Each call may throw a `ServiceError`: the codes named with it; `INVALID_REQUEST`, `UNAUTHORIZED`, `FORBIDDEN`,
 * `INTERNAL_ERROR` and `SERVICE_UNAVAILABLE`, as any operation; and the client's own, see `clientErrorCodes`.
 */
export class ServiceClient implements AsyncDisposable {
  readonly id: string
  readonly baseUrl: string
  /** The same calls as a client of tRPC, for code that expects one. */
  readonly trpc: TRPCClient<StandardRouter>

  /** Whether the service can work; needs no key. */
  readonly checkHealth: ServiceCall<'checkHealth'>
  /**
   * Makes a tenant ready. When an answer is lost, the status is asked first and the same call made again; if that
   * shows the tenant active as asked for, it resolves with an empty `access_url`.
   * @throws ServiceError `TENANT_EXISTS`, `QUOTA_EXCEEDED`, `FEATURE_DISABLED`, `OPERATION_IN_PROGRESS`
   */
  readonly activateTenant: ServiceCall<'activateTenant'>
  /** Ends a tenant's use of the service. @throws ServiceError `TENANT_NOT_FOUND` */
  readonly deactivateTenant: ServiceCall<'deactivateTenant'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getTenantStatus: ServiceCall<'getTenantStatus'>
  /** What a tenant used in a month. @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getTenantUsage: ServiceCall<'getTenantUsage'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getTenantStats: ServiceCall<'getTenantStats'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getTenantCosts: ServiceCall<'getTenantCosts'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getTopUsers: ServiceCall<'getTopUsers'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly listUsers: ServiceCall<'listUsers'>
  /** @throws ServiceError `TENANT_NOT_FOUND`, `USER_EXISTS`, `QUOTA_EXCEEDED` */
  readonly createUser: ServiceCall<'createUser'>
  /** @throws ServiceError `TENANT_NOT_FOUND`, `USER_NOT_FOUND` */
  readonly getUser: ServiceCall<'getUser'>
  /** @throws ServiceError `TENANT_NOT_FOUND`, `USER_NOT_FOUND` */
  readonly updateUser: ServiceCall<'updateUser'>
  /** @throws ServiceError `TENANT_NOT_FOUND`, `USER_NOT_FOUND` */
  readonly deleteUser: ServiceCall<'deleteUser'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly listResources: ServiceCall<'listResources'>
  /** @throws ServiceError `TENANT_NOT_FOUND` */
  readonly getSettings: ServiceCall<'getSettings'>
  /** Changes only what it names. @throws ServiceError `TENANT_NOT_FOUND`, `FEATURE_DISABLED` */
  readonly updateSettings: ServiceCall<'updateSettings'>
  /** Metered usage of a month. @throws ServiceError `TENANT_NOT_FOUND`; `NOT_FOUND` by services without billing */
  readonly getBillingUsage: ServiceCall<'getBillingUsage'>
  /** The bill of a month. @throws ServiceError `TENANT_NOT_FOUND`; `NOT_FOUND` by services without billing */
  readonly getBillingDetail: ServiceCall<'getBillingDetail'>

  readonly #close: () => Promise<void>

  /** @throws TypeError for a base URL, prefix, header or key that is none */
  constructor(options: ServiceClientOptions) {
    const { id = options.baseUrl, baseUrl } = options
    const connections = options.connections ?? pooledConnections(options)
    this.id = id
    this.baseUrl = baseUrl
    this.#close = async () => {
      if (!options.connections) await connections.close()
    }
    const answer = serviceAnswerer({ ...options, id, connections })
    const call = callsOf(answer)
    this.trpc = createTRPCClient<StandardRouter>({ links: [terminatingLink(answer)] })
    this.checkHealth = call('checkHealth')
    this.activateTenant = call('activateTenant')
    this.deactivateTenant = call('deactivateTenant')
    this.getTenantStatus = call('getTenantStatus')
    this.getTenantUsage = call('getTenantUsage')
    this.getTenantStats = call('getTenantStats')
    this.getTenantCosts = call('getTenantCosts')
    this.getTopUsers = call('getTopUsers')
    this.listUsers = call('listUsers')
    this.createUser = call('createUser')
    this.getUser = call('getUser')
    this.updateUser = call('updateUser')
    this.deleteUser = call('deleteUser')
    this.listResources = call('listResources')
    this.getSettings = call('getSettings')
    this.updateSettings = call('updateSettings')
    this.getBillingUsage = call('getBillingUsage')
    this.getBillingDetail = call('getBillingDetail')
  }

  /** `checkHealth` without an input. Unlike the predecessors' it throws when there is no answer. */
  healthCheck(options?: CallOptions): Promise<HealthResponse> {
    return this.checkHealth({}, options)
  }

  /** Closes its connections, unless they are another's; calls that still run fail. */
  close(): Promise<void> {
    return this.#close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

function callsOf(answer: Answerer) {
  let id = 0
  return function serviceCall<TName extends OperationName>(path: TName): ServiceCall<TName> {
    const { type } = operations[path]
    const call = (input: CallInput<TName>, { signal, ...context }: CallOptions = {}) => {
      id++
      return answer({ id, type, path, input, context, signal }) as unknown as CallResult<TName>
    }
    return Object.assign(call, { [type === 'query' ? 'query' : 'mutate']: call }) as unknown as ServiceCall<TName>
  }
}

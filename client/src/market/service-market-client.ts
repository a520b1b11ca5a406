import type { BillingInfo, HealthResponse, UsageReport, UsageResponse } from '@mt-paas/server/contract'
import { ServiceError } from '../error/service-error.ts'
import { type Connections, pooledConnections } from '../http/connections.ts'
import type { Protocol } from '../link/protocol.ts'
import type { CallInput, CallOptions, CallResult } from '../service/service-call.ts'
import { ServiceClient } from '../service/service-client.ts'
import type { ServiceOptions } from '../service/service-options.ts'
import { type BillingSummary, summarise } from './billing-summary.ts'
import { type FanOut, type FanOutOptions, fanOut } from './fan-out.ts'
import { serviceBill } from './service-bill.ts'

/** How a service of the market is reached. */
export type RegisterServiceOptions = ServiceOptions

/** Options of a market; those of {@link ServiceOptions} are defaults for every service. */
export interface ServiceMarketClientOptions extends Partial<Omit<ServiceOptions, 'baseUrl' | 'apiKey'>> {
  /** Until a connection is made, ms; not for `connections` of yours. @default 3_000 */
  readonly connectTimeout?: number
  /** For all services, closed by their owner. @default a pool of its own */
  readonly connections?: Connections
}

/** Options of {@link ServiceMarketClient.getBillingSummary}. */
export interface BillingSummaryOptions extends FanOutOptions {
  /** Currency of services that only tell a total in `usage.total_cost`. @default 'KRW' */
  readonly usageCurrency?: string
}

/** A registered service, without its key. */
export interface RegisteredService {
  readonly id: string
  readonly baseUrl: string
  readonly protocol: Protocol
}

/** All services of a market: each typed end to end, and calls to all of them at once. */
export class ServiceMarketClient implements AsyncDisposable {
  readonly #services = new Map<string, { readonly client: ServiceClient; readonly protocol: Protocol }>()
  readonly #options: ServiceMarketClientOptions & { readonly connections: Connections }
  readonly #close: () => Promise<void>

  constructor(options: ServiceMarketClientOptions = {}) {
    const connections = options.connections ?? pooledConnections(options)
    this.#options = { ...options, connections }
    this.#close = async () => {
      if (!options.connections) await connections.close()
    }
  }

  /**
   * Makes a service known; the same id again replaces it.
   * @throws TypeError for an id, base URL, prefix, header or key that is none
   */
  registerService(id: string, options: RegisterServiceOptions): ServiceClient {
    if (!isServiceId(id)) throw new TypeError(`A service id is 1 to 128 characters without / and controls: '${id}'`)
    const settings = { ...this.#options, ...options, id, connections: this.#options.connections }
    const client = new ServiceClient(settings)
    this.#services.set(id, { client, protocol: settings.protocol ?? 'trpc' })
    return client
  }

  /** Forgets a service; calls that run go on. False when it was not known. */
  unregister(id: string): boolean {
    return this.#services.delete(id)
  }

  /** @throws ServiceError `SERVICE_NOT_REGISTERED` */
  service(id: string): ServiceClient {
    const known = this.#services.get(id)
    if (!known) throw ServiceError.notRegistered(id)
    return known.client
  }

  /** Registered services, in the order of registration. */
  services(): readonly RegisteredService[] {
    return [...this.#services.values()].map(({ client, protocol }) => {
      const { id, baseUrl } = client
      return { id, baseUrl, protocol }
    })
  }

  /**
   * Makes any call to many services at the same time. What a service does is in its result.
   * @throws ServiceError `SERVICE_NOT_REGISTERED` for an unknown id in `services`
   */
  async callAll<T>(
    call: (client: ServiceClient, options: CallOptions) => Promise<T>,
    options: FanOutOptions = {},
  ): Promise<FanOut<T>> {
    const ids = options.services ?? [...this.#services.keys()]
    return fanOut(
      ids.map((id) => this.service(id)),
      call,
      options,
    )
  }

  /** @default deadline 5_000 ms */
  healthCheckAll(options: FanOutOptions = {}): Promise<FanOut<HealthResponse>> {
    return this.callAll((client, call) => client.healthCheck(call), { deadline: 5_000, ...options })
  }

  /** Activates a tenant at one service. @throws ServiceError as {@link ServiceClient.activateTenant} */
  async activateTenant(
    serviceId: string,
    input: CallInput<'activateTenant'>,
    options?: CallOptions,
  ): Promise<Awaited<CallResult<'activateTenant'>>> {
    return this.service(serviceId).activateTenant(input, options)
  }

  /** Deactivates a tenant at one service. @throws ServiceError as {@link ServiceClient.deactivateTenant} */
  async deactivateTenant(
    serviceId: string,
    input: CallInput<'deactivateTenant'>,
    options?: CallOptions,
  ): Promise<Awaited<CallResult<'deactivateTenant'>>> {
    return this.service(serviceId).deactivateTenant(input, options)
  }

  /** A tenant's usage of a month (`YYYY-MM`, UTC) at every service. */
  getAllUsage(tenantId: string, period: string, options?: FanOutOptions): Promise<FanOut<UsageResponse>> {
    return this.callAll((client, call) => client.getTenantUsage({ tenant_id: tenantId, period }, call), options)
  }

  /** A tenant's metered usage of a month at every service; those without billing are `rejected`. */
  getBillingUsage(tenantId: string, period: string, options?: FanOutOptions): Promise<FanOut<UsageReport>> {
    return this.callAll((client, call) => client.getBillingUsage({ tenant_id: tenantId, period }, call), options)
  }

  /** A tenant's bill of a month at every service; those without billing are `rejected`. */
  getBillingDetail(tenantId: string, period: string, options?: FanOutOptions): Promise<FanOut<BillingInfo>> {
    return this.callAll((client, call) => client.getBillingDetail({ tenant_id: tenantId, period }, call), options)
  }

  /** What all services charge a tenant for a month, summed exactly, by currency. */
  async getBillingSummary(
    tenantId: string,
    period: string,
    options: BillingSummaryOptions = {},
  ): Promise<BillingSummary> {
    const question = { tenantId, period, usageCurrency: options.usageCurrency ?? 'KRW' }
    return summarise(await this.callAll((client, call) => serviceBill(client, question, call), options), question)
  }

  /** Closes all connections; calls that still run fail. */
  close(): Promise<void> {
    return this.#close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in an id
const SERVICE_ID = /^[^/\u0000-\u001f\u007f]{1,128}$/

function isServiceId(id: string): boolean {
  return SERVICE_ID.test(id) && id !== '.' && id !== '..'
}

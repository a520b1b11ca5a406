import type { Connections } from '../http/connections.ts'
import type { ContractOptions } from '../link/contract-check.ts'
import type { Protocol } from '../link/protocol.ts'
import type { RestRoutes } from '../link/rest-route.ts'
import type { ResilienceOptions } from '../resilience/resilience-options.ts'

/** How a service is reached. Times in ms. */
export interface ServiceOptions extends ResilienceOptions, ContractOptions {
  /** Where the service is: `https://advisor.example.com`. */
  readonly baseUrl: string
  /** The market's key at this service, sent with every request. @default none */
  readonly apiKey?: string
  /** Header of the key. @default 'X-Market-API-Key' */
  readonly apiKeyHeader?: string
  /** `rest` for services in any language; `auto` asks once which one the service speaks. @default 'trpc' */
  readonly protocol?: Protocol
  /** Path in front of every endpoint. @default '/mt' */
  readonly prefix?: string
  /** Until the headers of an answer are there, connecting included. @default 10_000 */
  readonly headersTimeout?: number
  /** From the headers of an answer to its last byte. @default 10_000 */
  readonly bodyTimeout?: number
  /** Largest answer, bytes. @default 1_048_576 */
  readonly maxAnswerSize?: number
  /** Routes over REST, as `routesFromOpenApi` reads them. @default those of the contract */
  readonly routes?: RestRoutes
  /** Makes idempotency keys and request ids. @default crypto.randomUUID */
  readonly newId?: () => string
}

/** Options of a `ServiceClient` that stands alone. */
export interface ServiceClientOptions extends ServiceOptions {
  /** Name of the service in errors. @default the base URL */
  readonly id?: string
  /** Until a connection is made, ms; not for `connections` of yours. @default 3_000 */
  readonly connectTimeout?: number
  /** Closed by their owner. @default a pool of its own */
  readonly connections?: Connections
}

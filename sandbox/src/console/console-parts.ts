import type { Engine } from '../engine/index.ts'
import type { Market } from '../market/market.ts'
import type { Samples } from '../market/samples.ts'
import type { Sessions } from './sessions.ts'

/** What the procedures of a console share over all requests. */
export interface ConsoleParts {
  readonly engine: Engine
  /** Asks services for what they have. */
  readonly tenants: TenantsOfServices
  readonly market: Market
  /** Undefined where the market runs alone. */
  readonly samples: Samples | undefined
  readonly sessions: Sessions
  /** Makes an address that logs the operator in, once. */
  readonly consoleAddress: () => string
  /** Ends all streams. */
  readonly stopping: AbortSignal
}

/** Calls of the old simulator to its services, with their keys. */
export interface TenantsOfServices {
  /** @throws EngineError when the service is not known or cannot be understood */
  read(path: string, service?: string): Promise<unknown>
}

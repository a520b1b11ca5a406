import type { Engine } from '../engine/index.ts'
import type { Accounts } from './accounts.ts'
import type { ServiceClients } from './service-clients.ts'

/** What the parts of a market share. */
export interface MarketParts {
  readonly engine: Engine
  readonly accounts: Accounts
  readonly clients: ServiceClients
  /** Address of the page. */
  readonly pageUrl: () => string
}

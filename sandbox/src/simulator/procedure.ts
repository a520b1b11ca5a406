import type { RestMeta } from '@mt-paas/server'
import { initTRPC } from '@trpc/server'
import type { Engine } from '../engine/index.ts'

/** What procedures of the simulator work with. */
export interface SimulatorContext {
  readonly engine: Engine
  /** Asks services for what they have. */
  readonly tenants: TenantsOfServices
}

/** Calls of the old simulator to its services, with their keys. */
export interface TenantsOfServices {
  /** @throws EngineError when the service is not known or cannot be understood */
  read(path: string, service?: string): Promise<unknown>
}

const trpc = initTRPC.context<SimulatorContext>().meta<RestMeta>().create({ isDev: false })

/** Makes routers of the simulator. */
export const createRouter = trpc.router

type Method = RestMeta['openapi']['method']

/** A procedure at a method and path. */
export function at(method: Method, path: `/${string}`) {
  return trpc.procedure.meta({ openapi: { method, path } })
}

import { lifecycleHandler } from '@mt-paas/core'
import { defineHandler } from '@mt-paas/server'
import type { AssistantParts } from './assistant-parts.ts'
import { resourceProcedures } from './procedure/resource-procedures.ts'
import { statsProcedures } from './procedure/stats-procedures.ts'
import { userProcedures } from './procedure/user-procedures.ts'

/** What {@link assistantHandler} needs beside the parts. */
export interface AssistantHandlerOptions extends Omit<AssistantParts, 'definition'> {
  readonly baseUrl: string
}

/**
 * A service as a handler of the Standard API v2: the lifecycle, usage and settings of every service with a database per
 * tenant, and what is computed from the tenant's own rows.
 */
export function assistantHandler(definition: AssistantParts['definition'], options: AssistantHandlerOptions) {
  const { baseUrl, accessUrl, mt } = options
  const parts = { ...options, definition }
  return defineHandler({
    serviceVersion: definition.version,
    ...lifecycleHandler(mt, { baseUrl, accessUrl }),
    ...statsProcedures(parts),
    ...userProcedures(parts),
    ...resourceProcedures(parts),
  })
}

import { defineHandler } from '@mt-paas/server'
import type { AdvisorServices } from './advisor-services.ts'
import { billingProcedures } from './billing-procedures.ts'
import { lifecycleProcedures } from './lifecycle-procedures.ts'
import { resourceProcedures } from './resource-procedures.ts'
import { settingsProcedures } from './settings-procedures.ts'
import { statsProcedures } from './stats-procedures.ts'
import { userProcedures } from './user-procedures.ts'

/** What {@link advisorHandler} needs beside the services. */
export interface AdvisorHandlerOptions extends AdvisorServices {
  readonly baseUrl: string
}

/** The sample service as a handler of the Standard API v2: every number comes from the tenant's own rows. */
export function advisorHandler(options: AdvisorHandlerOptions) {
  return defineHandler({
    baseUrl: options.baseUrl,
    serviceVersion: '1.0.0',
    checkHealth: async () => {
      await options.tenants.ping()
      return 'healthy' as const
    },
    ...lifecycleProcedures(options),
    ...billingProcedures(options),
    ...statsProcedures(options),
    ...userProcedures(options),
    ...resourceProcedures(options),
    ...settingsProcedures(options),
  })
}

import { simulatorRouter } from '../simulator/simulator-router.ts'
import { catalogueProcedures } from './catalogue-procedures.ts'
import { conformanceProcedures } from './conformance-procedures.ts'
import { createRouter } from './console-procedure.ts'
import { deliveryProcedures } from './delivery-procedures.ts'
import { eventProcedure } from './event-procedure.ts'
import { marketProcedures } from './market-procedures.ts'
import { sampleProcedures } from './sample-procedures.ts'
import { sessionProcedures } from './session-procedures.ts'
import { tenantProcedures } from './tenant-procedures.ts'

/** Every procedure of the page and the commands. */
export const consoleRouter = createRouter({
  simulator: simulatorRouter,
  events: eventProcedure,
  session: createRouter(sessionProcedures),
  market: createRouter({ ...catalogueProcedures, ...sampleProcedures, ...marketProcedures, ...deliveryProcedures }),
  tenant: createRouter(tenantProcedures),
  conformance: createRouter(conformanceProcedures),
})

/** Type of {@link consoleRouter}, for the page. */
export type ConsoleRouter = typeof consoleRouter

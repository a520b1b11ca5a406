import { simulatorRouter } from '../simulator/simulator-router.ts'
import { createRouter } from './console-procedure.ts'
import { eventProcedure } from './event-procedure.ts'
import { sessionProcedures } from './session-procedures.ts'

/** Every procedure of the page and the commands. */
export const consoleRouter = createRouter({
  simulator: simulatorRouter,
  events: eventProcedure,
  session: createRouter(sessionProcedures),
})

/** Type of {@link consoleRouter}, for the page. */
export type ConsoleRouter = typeof consoleRouter

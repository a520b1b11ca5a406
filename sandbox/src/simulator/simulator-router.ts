import { applicationProcedures } from './application-procedures.ts'
import { engineProcedures } from './engine-procedures.ts'
import { at, createRouter } from './procedure.ts'

/** Every procedure of the simulator. Callbacks and events have endpoints of their own: raw bytes, and a stream. */
export const simulatorRouter = createRouter({
  health: at('GET', '/health').query(({ ctx }) => ({
    status: 'healthy',
    service: 'mt-paas-simulator',
    timestamp: `${ctx.engine.clock.now().toISOString().slice(0, 19)}Z`,
  })),
  ...applicationProcedures,
  ...engineProcedures,
})

/** Type of {@link simulatorRouter}, for clients. */
export type SimulatorRouter = typeof simulatorRouter

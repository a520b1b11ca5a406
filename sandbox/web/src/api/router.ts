import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { ConsoleRouter } from '../../../src/console/console-router.ts'

/** The router that the page talks to. */
export type PageRouter = ConsoleRouter

/** What its procedures take. */
export type Inputs = inferRouterInputs<ConsoleRouter>

/** What its procedures give. */
export type Outputs = inferRouterOutputs<ConsoleRouter>

import type { Method } from '@mt-paas/server/contract'
import type { z } from 'zod'

/** How one operation is called over REST. The operations of the contract are routes as they stand. */
export interface RestRoute {
  readonly method: Method
  /** Below the prefix, parameters in braces: `/tenant/{tenant_id}/status`. */
  readonly path: string
  /** Path parameters that the body must repeat. @default none */
  readonly repeatedInBody?: readonly string[]
  /** What answers are held to. @default answers are passed on as they come */
  readonly output?: z.ZodType
}

/** Routes by the name of the procedure. */
export type RestRoutes = Readonly<Record<string, RestRoute>>

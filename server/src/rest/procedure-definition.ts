import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import type { z } from 'zod'
import { isZodSchema } from './coercion.ts'

/** What the projection reads of a procedure; tRPC's types hide `inputs` and `output`. */
export interface ProcedureDefinition {
  readonly name: string
  readonly type: 'query' | 'mutation' | 'subscription'
  readonly procedure: AnyTRPCProcedure
  readonly meta: unknown
  readonly inputs: readonly z.core.$ZodType[]
  readonly output: z.core.$ZodType | undefined
}

/**
 * The procedures of a router by their dotted names.
 * @throws TypeError for a router with `lazy()` parts, which have no procedures before their first call
 */
export function proceduresOf(router: AnyTRPCRouter): readonly ProcedureDefinition[] {
  const lazy = Object.keys(router._def.lazy)
  if (lazy.length > 0) throw new TypeError(`lazy() routers cannot be served over REST: ${lazy.join(', ')}`)
  const procedures: Readonly<Record<string, AnyTRPCProcedure>> = router._def.procedures
  return Object.entries(procedures).map(([name, procedure]) => ({
    name,
    type: procedure._def.type,
    procedure,
    meta: procedure._def.meta,
    inputs: procedure._def.inputs.map((input) => zodSchema(input, name)),
    output: outputOf(procedure, name),
  }))
}

function outputOf(procedure: AnyTRPCProcedure, name: string): z.core.$ZodType | undefined {
  const output: unknown = Reflect.get(procedure._def, 'output')
  return output === undefined ? undefined : zodSchema(output, name)
}

function zodSchema(parser: unknown, name: string): z.core.$ZodType {
  if (isZodSchema(parser)) return parser
  throw new TypeError(`${name}: input and output must be zod 4 schemas`)
}

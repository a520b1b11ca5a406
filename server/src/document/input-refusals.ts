import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { decodeSegment } from '../rest/decode.ts'
import { createInputPlan, type InputPlan } from '../rest/input-plan.ts'
import { restMetaOf } from '../rest/rest-meta.ts'
import type { OperationSource } from './operation-source.ts'

/**
 * The errors that a request of the wrong form can get, the most telling example of a status and code last. They are
 * found by handing wrong values to the parts that read requests.
 */
export function inputRefusals({ definition, operation, settings }: OperationSource): readonly StandardApiError[] {
  const meta = restMetaOf(definition.meta)
  if (!meta) throw new TypeError(`${definition.name} is not served over REST`)
  const plan = createInputPlan(definition, meta)
  const { path, repeatedInBody = [] } = operation
  const members = Object.entries(operation.input.shape).filter(
    ([name]) => !path.includes(`{${name}}`) || repeatedInBody.includes(name),
  )
  return [
    ...(path.includes('{') ? [errorOf(() => decodeSegment('..'))] : []),
    ...(path.includes('{tenant_id}') ? [StandardApiError.tenantMismatch()] : []),
    ...repeatedInBody.map((name) => StandardApiError.contradiction(name)),
    ...(plan.source === 'body' ? bodyRefusals(plan, settings.maxBodySize) : []),
    ...members.toReversed().flatMap(([name, schema]) => memberRefusals(name, schema, plan)),
  ]
}

function bodyRefusals(plan: InputPlan, maxBodySize: number): readonly StandardApiError[] {
  return [
    StandardApiError.payloadTooLarge(maxBodySize),
    StandardApiError.unsupportedMediaType(),
    errorOf(() => plan.fromBody({}, [])),
  ]
}

/** A member that accepts to be left out and to be empty accepts every text. */
function memberRefusals(name: string, schema: z.core.$ZodType, { locate }: InputPlan): readonly StandardApiError[] {
  const model = z.object({ [name]: schema })
  return [{ [name]: '' }, {}].flatMap((probe) => {
    const { error } = model.safeParse(probe)
    return error ? [normaliseError(new TRPCError({ code: 'BAD_REQUEST', cause: error }), locate)] : []
  })
}

function errorOf(act: () => unknown): StandardApiError {
  try {
    act()
  } catch (thrown) {
    return normaliseError(thrown)
  }
  throw new TypeError('A request of the wrong form was accepted')
}

import type { z } from 'zod'
import type { CallIdentity } from '../error/call-identity.ts'
import { ServiceError } from '../error/service-error.ts'

/** An answer that does not fit the contract and was passed on all the same. */
export interface ContractWarning {
  readonly serviceId: string | null
  readonly operation: string
  readonly requestId: string
  /** Where it does not fit; never values. */
  readonly issues: readonly { readonly loc: readonly (string | number)[]; readonly message: string }[]
}

/** How strictly answers are held to the contract. */
export interface ContractOptions {
  /** Passes answers that do not fit, as they came, and warns. @default false */
  readonly lenient?: boolean
  /** Gets what `lenient` let pass. @default none */
  readonly onWarning?: (warning: ContractWarning) => void
}

/** Checks the answers of one operation. */
export type AnswerCheck = (call: CallIdentity, data: unknown) => unknown

/**
 * A check that fills in what an answer may leave out and drops what the contract does not know.
 * It throws a ServiceError `INVALID_RESPONSE` that names the places that do not fit.
 */
export function answerCheck(output: z.ZodType | undefined, options: ContractOptions): AnswerCheck {
  const { lenient = false, onWarning } = options
  if (!output) return (_call, data) => data
  return function checkAnswer(call, data) {
    const checked = output.safeParse(data)
    if (checked.success) return checked.data
    const issues = checked.error.issues.map(({ path, message }) => ({ loc: path.map(place), message }))
    if (!lenient) throw ServiceError.invalidResponse(call, 'does not fit the contract', { details: { issues } })
    const { serviceId, operation, requestId } = call
    onWarning?.({ serviceId, operation, requestId, issues })
    return data
  }
}

function place(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key)
}

import { createHash } from 'node:crypto'
import type { Caller } from '../auth/caller.ts'
import { normaliseError, StandardApiError } from '../error/index.ts'
import type { ReplyDraft } from '../http/exchange.ts'
import { canonicalJson } from './canonical-json.ts'
import type { IdempotencyClaim, IdempotencyStore, IdempotentRequest } from './idempotency-store.ts'
import { isFinal, replay, storedError, storedOutput } from './stored-answer.ts'

/** A mutation that shall have its effect once. */
export interface OnceOptions {
  readonly store: IdempotencyStore
  /** As it was sent. */
  readonly key: string
  readonly caller: Caller
  readonly procedure: string
  readonly tenantId: string | undefined
  /** Place in a batch of the tRPC protocol, whose calls share one header. */
  readonly batchIndex: number
  readonly input: unknown
  readonly requestId: string
  readonly reply: ReplyDraft
}

/** What running a procedure gives, as tRPC has it. */
export type RunResult = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown }

const KEY = /^[\x20-\x7e]{1,255}$/
/** In seconds: a guess when a request that still runs will have ended. */
const RETRY_AFTER = 1

/**
 * Runs a mutation unless one of its key ran before, whose answer is then given again.
 * @throws StandardApiError 400 for a key that is none, `IDEMPOTENCY_KEY_REUSED`, `OPERATION_IN_PROGRESS`,
 * `SERVICE_UNAVAILABLE` when the store does not answer, and the error that was the answer of before
 */
export async function runOnce<TResult extends RunResult>(
  options: OnceOptions,
  run: () => Promise<TResult>,
): Promise<TResult | { readonly ok: true; readonly data: unknown }> {
  const { store, reply, requestId } = options
  if (!KEY.test(options.key)) throw StandardApiError.invalidIdempotencyKey()
  const claim = await claimed(store, requestOf(options))
  if (claim.state === 'finished') return { ok: true, data: replay(claim.answer, reply) }
  if (claim.state === 'reused') throw StandardApiError.idempotencyKeyReused()
  if (claim.state === 'running') throw StandardApiError.operationInProgress(RETRY_AFTER)
  const result = await run().catch(async (thrown: unknown) => {
    await store.release(claim.claimId).catch(() => undefined)
    throw thrown
  })
  const answer = finalAnswer(result, reply, requestId)
  // The effect has happened: its answer is worth more than the word of a store that is gone, whose claim will expire.
  await (answer === undefined ? store.release(claim.claimId) : store.finish(claim.claimId, answer)).catch(
    () => undefined,
  )
  return result
}

async function claimed(store: IdempotencyStore, request: IdempotentRequest): Promise<IdempotencyClaim> {
  try {
    return await store.claim(request)
  } catch (cause) {
    throw StandardApiError.unavailable(RETRY_AFTER, cause)
  }
}

function requestOf({ caller, procedure, tenantId, batchIndex, key, input }: OnceOptions): IdempotentRequest {
  return {
    scope: JSON.stringify([...credentialOf(caller), procedure, tenantId ?? null, batchIndex]),
    key,
    bodyHash: createHash('sha256').update(canonicalJson(input)).digest('hex'),
  }
}

function credentialOf(caller: Caller): readonly string[] {
  if (caller.kind === 'market') return [caller.kind, caller.keyId]
  return caller.kind === 'user' ? [caller.kind, caller.tenantId, caller.userId] : [caller.kind]
}

/** Undefined for an answer that a request sent again shall not get. */
function finalAnswer(result: RunResult, reply: ReplyDraft, requestId: string): string | undefined {
  if (result.ok) return storedOutput(result.data, reply)
  const error = normaliseError(result.error)
  return isFinal(error) ? storedError(error, requestId) : undefined
}

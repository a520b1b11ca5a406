import { type GuardedAnswer, guardedFetch } from '@mt-paas/server'
import { EngineError } from '../engine-error.ts'
import type { Fault } from '../fault/fault.ts'
import { type FailureReason, reasonOfError } from './failure-reason.ts'
import { firstThatListens } from './first-that-listens.ts'
import { pacedPost } from './paced-post.ts'
import { loopbackAddresses, type TargetRule } from './target.ts'

/** A request as it is about to be sent. */
export interface OutgoingRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly transport: Fault['transport'] | undefined
}

/** What came of a request. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: GuardedAnswer }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly error: string }
  | { readonly kind: 'interrupted'; readonly error: string; readonly onPurpose: boolean }

/** How {@link sendAttempt} sends. */
export interface SendAttemptOptions {
  readonly rule: TargetRule
  /** Deadline of the exchange, ms of real time. */
  readonly timeout: number
  /** Cuts the request off, which makes it interrupted. */
  readonly signal: AbortSignal
}

/** Largest answer that is kept, bytes. */
const MAX_ANSWER_SIZE = 1_048_576
/** Pause between the pieces of a slow request, ms. */
const SLOW_PAUSE = 40

/** Sends one request and tells what came of it; nothing is thrown. */
export async function sendAttempt(request: OutgoingRequest, options: SendAttemptOptions): Promise<Outcome> {
  const { transport } = request
  if (transport === 'drop') return { kind: 'failure', reason: 'fault', error: 'The request was dropped on purpose' }
  try {
    const answer = await exchange(request, options)
    if (!answer) return { kind: 'interrupted', error: 'The connection was cut on purpose', onPurpose: true }
    if (transport !== 'lose-answer') return { kind: 'answer', answer }
    return { kind: 'failure', reason: 'fault', error: 'The answer was thrown away on purpose' }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'interrupted', error: 'The sandbox was stopped', onPurpose: false }
    if (error instanceof EngineError) return { kind: 'failure', reason: 'target_refused', error: error.message }
    if (error instanceof Error && error.name === 'TimeoutError') {
      return { kind: 'failure', reason: 'timeout', error: `No whole answer within ${options.timeout} ms` }
    }
    return { kind: 'failure', ...reasonOfError(error) }
  }
}

async function exchange(
  { url: text, headers, body, transport }: OutgoingRequest,
  { rule, timeout, signal }: SendAttemptOptions,
): Promise<GuardedAnswer | null> {
  const url = new URL(text)
  const limits = { timeout, maxAnswerSize: MAX_ANSWER_SIZE, signal }
  const isPaced = (transport === 'slow' || transport === 'cut') && url.protocol === 'http:'
  const addresses = rule === 'loopback' || isPaced ? await onThisMachine(url, rule) : undefined
  if (isPaced && addresses) {
    const paced = { headers, body, cut: transport === 'cut', pause: SLOW_PAUSE, ...limits }
    return firstThatListens(addresses, (address) => pacedPost(url, { ...paced, address }))
  }
  const options = { method: 'POST', headers: { ...headers }, body, allowLoopback: true, ...limits }
  if (!addresses) return guardedFetch(text, options)
  return firstThatListens(addresses, (one) => guardedFetch(text, { ...options, resolve: async () => [one] }))
}

/** Undefined for a public host, which only a rule that knows them lets pass. */
async function onThisMachine(url: URL, rule: TargetRule): Promise<readonly string[] | undefined> {
  if (rule === 'loopback') return loopbackAddresses(url)
  return loopbackAddresses(url).catch(() => undefined)
}

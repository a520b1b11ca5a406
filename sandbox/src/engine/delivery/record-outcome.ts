import type { EntityManager } from '@mikro-orm/sql'
import { settleCallbacks } from '../callback/settle-callbacks.ts'
import type { EngineParts } from '../engine-parts.ts'
import {
  type ApplicationRecord,
  type AttemptState,
  applicationRecord,
  attemptRecord,
  type DeliveryState,
  deliveryRecord,
} from '../entity/index.ts'
import type { Tell } from '../event-hub.ts'
import type { Claim } from './attempt-journal.ts'
import { type FailureReason, reasonOfStatus } from './failure-reason.ts'
import { readAnswer } from './read-answer.ts'
import { retryAfterOf, waitBeforeNext } from './retry-schedule.ts'
import type { Outcome } from './send-attempt.ts'

/** What came of one copy of an attempt. */
export interface CopyOutcome {
  readonly attemptId: number
  readonly outcome: Outcome
  /** Real time, ms. */
  readonly duration: number
}

/** Writes down what came of an attempt, and what follows from it for the delivery and its application. */
export async function recordOutcome(parts: EngineParts, claim: Claim, copies: readonly CopyOutcome[]): Promise<void> {
  const now = parts.clock.now()
  const results = copies.map((copy) => ({ attemptId: copy.attemptId, result: resultOf(claim, copy) }))
  const decisive = (results.find(({ result }) => result.state === 'succeeded') ?? results[0])?.result
  if (!decisive) return
  const after = afterAttempt(parts, claim, decisive)
  const { applicationId, deliveryId, number } = claim
  await parts.events.journal(async (em, tell) => {
    for (const { attemptId, result } of results) {
      await em.nativeUpdate(attemptRecord, { id: attemptId }, { ...result, finishedAt: now })
    }
    const { state, reason, responseStatus: status, durationMs: duration_ms } = decisive
    const outcome = { reason, statusCode: status, durationMs: duration_ms }
    await em.nativeUpdate(deliveryRecord, { id: deliveryId }, { ...after, ...outcome })
    const next_attempt_at = after.nextAttemptAt?.toISOString() ?? null
    tell(`attempt.${state}`, {
      applicationId,
      deliveryId,
      data: { number, status, reason, duration_ms, next_attempt_at },
    })
    if (applicationId === null || after.state === 'waiting') return
    await settleApplication(em, { applicationId, claim, delivered: after.state === 'delivered', decisive, now, tell })
  })
}

interface AttemptResult {
  readonly state: Exclude<AttemptState, 'sending'>
  readonly durationMs: number
  readonly responseStatus: number | null
  readonly responseHeaders: Readonly<Record<string, string | readonly string[]>> | null
  readonly responseBody: Buffer | null
  readonly reason: FailureReason | null
  readonly error: string | null
}

const NO_ANSWER = { responseStatus: null, responseHeaders: null, responseBody: null }

function resultOf({ retry }: Claim, { outcome, duration }: CopyOutcome): AttemptResult {
  if (outcome.kind === 'failure') {
    const { reason, error } = outcome
    return { ...NO_ANSWER, state: 'failed', durationMs: duration, reason, error }
  }
  if (outcome.kind === 'interrupted') {
    // What was cut off on purpose, and nobody is to repeat, has failed.
    const failed = outcome.onPurpose && !retry
    const verdict = failed
      ? ({ state: 'failed', reason: 'fault' } as const)
      : ({ state: 'interrupted', reason: null } as const)
    return { ...NO_ANSWER, ...verdict, durationMs: duration, error: outcome.error }
  }
  const { status, headers, body } = outcome.answer
  const reason = reasonOfStatus(status)
  return {
    state: reason === null ? 'succeeded' : 'failed',
    durationMs: duration,
    responseStatus: status,
    responseHeaders: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    responseBody: body,
    reason,
    error: null,
  }
}

interface AfterAttempt {
  readonly state: DeliveryState
  readonly uncounted: number
  readonly nextAttemptAt: Date | null
  readonly finishedAt: Date | null
}

function afterAttempt(parts: EngineParts, claim: Claim, result: AttemptResult): AfterAttempt {
  const now = parts.clock.now()
  const uncounted = claim.uncounted + (result.state === 'interrupted' ? 1 : 0)
  const state = finalState(result)
  const wait = state ? null : waitAfter(parts, claim, result)
  if (wait === null) return { state: state ?? 'failed', uncounted, nextAttemptAt: null, finishedAt: now }
  return { state: 'waiting', uncounted, nextAttemptAt: new Date(now.getTime() + wait), finishedAt: null }
}

function finalState({ state, responseStatus }: AttemptResult): 'delivered' | 'stopped' | null {
  if (state === 'succeeded') return 'delivered'
  return responseStatus === 410 ? 'stopped' : null
}

/** ms until the delivery is tried again, null when it is not. */
function waitAfter({ clock, schedule }: EngineParts, claim: Claim, result: AttemptResult): number | null {
  if (result.state === 'interrupted') return 0
  if (!claim.retry) return null
  const made = claim.number - claim.uncounted
  return waitBeforeNext({ schedule, made, retryAfter: askedWait(result, clock.now()) })
}

function askedWait({ responseStatus, responseHeaders }: AttemptResult, now: Date): number | null {
  if (responseStatus !== 429 && responseStatus !== 503) return null
  const header = responseHeaders?.['retry-after']
  return retryAfterOf(typeof header === 'string' ? header : undefined, now)
}

interface ApplicationOutcome {
  readonly applicationId: number
  readonly claim: Claim
  readonly delivered: boolean
  readonly decisive: AttemptResult
  readonly now: Date
  readonly tell: Tell
}

async function settleApplication(em: EntityManager, outcome: ApplicationOutcome): Promise<void> {
  const { applicationId, claim, delivered, decisive, now, tell } = outcome
  const application = await em.findOneOrFail(applicationRecord, { id: applicationId })
  const before = application.status
  if (delivered) learn(application, decisive)
  else if (before !== 'completed') Object.assign(application, { status: 'failed', failure: decisive.reason })
  application.updatedAt = now
  if (application.status !== before) {
    tell(`application.${application.status}`, { applicationId, data: { tenant_id: application.tenantId } })
  }
  await settleCallbacks(em, { application, since: claim.startedAt, now, tell })
}

/** What was completed stays so, and an answer that says nothing does not outweigh a callback that came before it. */
function learn(application: ApplicationRecord, { responseBody, responseHeaders }: AttemptResult): void {
  const reading = readAnswer(responseBody ?? Buffer.alloc(0), responseHeaders ?? {})
  application.tenantId = reading.tenantId ?? application.tenantId
  application.accessUrl = reading.accessUrl ?? application.accessUrl
  application.message = reading.message ?? application.message
  if (application.status === 'completed') return
  if (reading.state === 'sent' && application.failure === 'refused_by_callback') return
  application.status = reading.state
  application.failure = reading.failure
}

import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { RETRY_SCHEDULE } from '@mt-paas/server/contract'
import { z } from 'zod'
import type { ApplicationInput } from './application-input.ts'
import { type Applications, createApplications } from './applications.ts'
import { type Callbacks, createCallbacks } from './callback/callbacks.ts'
import { type Clock, createClock } from './clock.ts'
import { type Claim, claimDue, nextDueOf, recoverInterrupted } from './delivery/attempt-journal.ts'
import { type Attempted, createAttempted } from './delivery/attempted.ts'
import { createDeliveries, type Deliveries } from './delivery/deliveries.ts'
import { createDispatcher } from './delivery/dispatcher.ts'
import { recordOutcome } from './delivery/record-outcome.ts'
import { sendAttempt } from './delivery/send-attempt.ts'
import type { TargetRule } from './delivery/target.ts'
import type { EngineParts, IdSource } from './engine-parts.ts'
import { createEventHub, type EventHub } from './event-hub.ts'
import { type FaultPlan, faultPresets } from './fault/fault-preset.ts'
import { openIdSource } from './id-source.ts'
import { createServices, type Services } from './services.ts'
import { readStatistics, type Statistics } from './statistics.ts'
import { forgetDeliveries } from './store/forget-deliveries.ts'
import { resetStore } from './store/reset-store.ts'
import { IN_MEMORY, openStore, type Store } from './store/store.ts'
import { type Triggered, triggerScenario } from './trigger.ts'

/** How {@link openEngine} works. */
export interface EngineOptions {
  /** The log's file. @default in memory */
  readonly file?: string
  /** Same seed, same ids and same troubles. @default the store's, else a random one */
  readonly seed?: string
  /** @default 'loopback' */
  readonly targets?: TargetRule
  /** Waits before each attempt, ms. @default ten attempts within 75 hours */
  readonly schedule?: readonly number[]
  /** Attempts at once. @default 50 */
  readonly concurrency?: number
  /** Deadline of an attempt, ms of real time. @default 30_000 */
  readonly timeout?: number
  /** Where services send callbacks. @default the address recorded from the market's simulator */
  readonly callbackUrl?: () => string
  /** The clock below the one that can be moved, ms since 1970. @default the system's */
  readonly now?: () => number
  /** Gets failures of the log that no caller hears of. @default none */
  readonly onError?: (error: unknown) => void
}

/** The sandbox's engine: applications, deliveries and callbacks on a clock that can be moved. */
export interface Engine {
  readonly services: Services
  readonly applications: Applications
  readonly deliveries: Deliveries
  readonly callbacks: Callbacks
  readonly events: EventHub
  readonly attempted: Attempted
  readonly clock: Pick<Clock, 'now' | 'offset' | 'at'>
  /** The log itself, for what is built on the engine. */
  readonly store: Store
  /** Where services may be. */
  readonly rule: TargetRule
  /** Moves the clock; what falls due on the way has happened when it ends. @throws RangeError */
  advance(ms: number): Promise<void>
  /** Plays a scenario. @throws EngineError 404, 422 */
  trigger(scenario: string, overrides?: ApplicationInput): Promise<Triggered>
  statistics(): Promise<Statistics>
  faults(): FaultPlan | null
  /** Null ends all trouble. */
  setFaults(plan: FaultPlan | null): Promise<void>
  /** Nothing is due and nothing on its way. */
  idle(): Promise<void>
  /** Waits before each attempt, ms. */
  readonly schedule: readonly number[]
  /**
   * Sets the waits before each attempt, ms; null goes back to those it was opened with. A retry that waits already
   * keeps its time.
   */
  setSchedule(next: readonly number[] | null): Promise<void>
  /** Forgets deliveries that ended before a time, and says how many. */
  forget(before: Date): Promise<number>
  /** Forgets all but the services, and goes back to the system's time; ids do not come again. */
  reset(): Promise<void>
  /** Takes nothing more and interrupts what is on its way; reading goes on. */
  stop(): Promise<void>
  close(): Promise<void>
}

const RECORDED_CALLBACK_URL = 'http://simulator:9000/callback'
const FaultSetting = z
  .object({ preset: z.enum(faultPresets), seed: z.string(), rate: z.number() })
  .nullable()
  .catch(null)
const ScheduleSetting = z.array(z.number()).nullable().catch(null)

/**
 * Opens the engine. Attempts that an earlier process left unfinished are marked as interrupted and due again under
 * their ids.
 * @throws EngineError 409 when another process uses the file
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const { file = IN_MEMORY, targets = 'loopback', timeout = 30_000, concurrency = 50 } = options
  const { onError = () => undefined, callbackUrl = () => RECORDED_CALLBACK_URL } = options
  const store = await openStore(file)
  const stopping = new AbortController()
  const [kept, offset, plan, epoch, waits] = await Promise.all(
    ['seed', 'clock', 'faults', 'epoch', 'schedule'].map((name) => store.setting(name)),
  )
  const clock = createClock({ ...(options.now && { base: options.now }), offset: numberOr(offset, 0) })
  const usual = options.schedule ?? RETRY_SCHEDULE
  const state = {
    faults: FaultSetting.parse(plan ?? null),
    epoch: numberOr(epoch, 0),
    schedule: ScheduleSetting.parse(waits ?? null) ?? usual,
  }
  const seed = options.seed ?? (typeof kept === 'string' ? kept : randomBytes(12).toString('base64url'))
  await store.saveSetting('seed', seed)
  let source = await openIdSource(store, `${seed}/${state.epoch}`)
  const ids: IdSource = { application: (wanted) => source.application(wanted), delivery: () => source.delivery() }
  const events = createEventHub(store, clock.now)
  const parts: EngineParts = {
    store,
    clock,
    events,
    rule: targets,
    get schedule() {
      return state.schedule
    },
    callbackUrl,
    faults: () => state.faults,
    ids,
    wake: () => dispatcher.wake(),
  }

  async function send(claim: Claim): Promise<void> {
    const outcomes = claim.copies.map(async ({ attemptId, request }) => {
      const began = performance.now()
      const outcome = await sendAttempt(request, { rule: targets, timeout, signal: stopping.signal })
      return { attemptId, outcome, duration: performance.now() - began }
    })
    await recordOutcome(parts, claim, await Promise.all(outcomes))
  }

  const services = createServices(parts)
  const dispatcher = createDispatcher<Claim>({
    clock,
    concurrency,
    claim: (limit) => claimDue(parts, services, limit),
    send,
    nextDue: () => nextDueOf(parts),
    onError,
  })
  const applications = createApplications(parts, services)
  const deliveries = createDeliveries(parts)
  const attempted = createAttempted({ events, deliveries, limit: timeout + 15_000, signal: stopping.signal })

  async function stop(): Promise<void> {
    stopping.abort(new Error('The sandbox was stopped'))
    await dispatcher.close()
    clock.close()
  }

  await recoverInterrupted(parts)
  dispatcher.wake()

  return {
    services,
    applications,
    deliveries,
    callbacks: createCallbacks(parts, services),
    events,
    attempted,
    clock,
    store,
    rule: targets,
    async advance(ms) {
      await dispatcher.idle()
      await clock.advance(ms)
      await store.saveSetting('clock', clock.offset)
      await events.journal(async (_em, tell) => tell('clock.moved', { data: { ms, offset_ms: clock.offset } }))
    },
    trigger: (scenario, overrides) =>
      triggerScenario({ applications, deliveries, services, attempted }, scenario, overrides),
    statistics: () => readStatistics(store),
    faults: () => state.faults,
    async setFaults(next) {
      await store.saveSetting('faults', next ?? 'none')
      state.faults = next
      await events.journal(async (_em, tell) => tell('faults.changed', { data: { faults: next } }))
    },
    idle: () => dispatcher.idle(),
    get schedule() {
      return state.schedule
    },
    async setSchedule(next) {
      await store.saveSetting('schedule', next ?? 'usual')
      state.schedule = next ?? usual
      await events.journal(async (_em, tell) => tell('schedule.changed', { data: { schedule_ms: state.schedule } }))
    },
    forget: (before) =>
      events.journal(async (em, tell) => {
        const count = await forgetDeliveries(em, before)
        if (count > 0) tell('delivery.forgotten', { data: { count } })
        return count
      }),
    async reset() {
      await dispatcher.idle()
      state.epoch += 1
      state.faults = null
      state.schedule = usual
      await resetStore(store, state.epoch)
      clock.reset()
      source = await openIdSource(store, `${seed}/${state.epoch}`)
      await events.journal(async (_em, tell) => tell('sandbox.reset'))
    },
    stop,
    async close() {
      await stop()
      await store.close()
    },
  }
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
}

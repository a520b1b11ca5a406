import type { ApplicationInput, ServiceInput } from '../engine/index.ts'
import { type CallbackRecord, DEFAULT_API_KEY, type Engine, EngineError, type Triggered } from '../engine/index.ts'
import { type SimulatorOptions, startSimulator } from './start-simulator.ts'
import { type CallbackView, callbackView } from './views.ts'

/** A market of one's own for tests. */
export interface SandboxOptions extends Omit<SimulatorOptions, 'host'> {
  /** Base URL of the service under test. */
  readonly target: string
  /** Key that the service expects. @default 'mt_dev_key_12345' */
  readonly apiKey?: string
  /** Body of webhooks for which nobody says otherwise. @default 'nested' */
  readonly shape?: NonNullable<ServiceInput['shape']>
  /** Signs webhooks by Standard Webhooks. @default unsigned */
  readonly signingSecret?: string
  /** What callbacks must carry as `X-Service-API-Key`. @default not looked at */
  readonly serviceKey?: string
  /** What callbacks must be signed with. @default not looked at */
  readonly callbackSecret?: string
}

/** Which callback is waited for. */
export interface WaitForCallback {
  /** @default of any application */
  readonly applicationId?: number
  /** @default of any tenant */
  readonly tenantId?: string
  /** ms of real time. @default 5_000 */
  readonly timeout?: number
}

/** A running sandbox. */
export interface Sandbox {
  readonly url: string
  readonly engine: Engine
  /** Plays a scenario; `overrides` changes its applications. @throws EngineError 404, 422 */
  trigger(scenario?: string, overrides?: ApplicationInput): Promise<Triggered>
  /** Gives the next callback that was believed and not given before. @throws EngineError when none came in time */
  waitForCallback(which?: WaitForCallback): Promise<CallbackView>
  /** Moves the clock by ms; retries on the way have happened when it ends. */
  advance(ms: number): Promise<void>
  /** Forgets everything but the service. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** Starts a sandbox for tests of one's own service: in memory and on a free port unless told otherwise. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { target, apiKey = DEFAULT_API_KEY, shape, signingSecret, serviceKey, callbackSecret, ...rest } = options
  const simulator = await startSimulator({ port: 0, ...rest })
  const { engine, url } = simulator
  try {
    await engine.services.save({
      slug: 'advisor',
      base_url: target,
      api_key: apiKey,
      ...(shape && { shape }),
      ...(signingSecret !== undefined && { signing_secret: signingSecret }),
      ...(serviceKey !== undefined && { service_key: serviceKey }),
      ...(callbackSecret !== undefined && { callback_secret: callbackSecret }),
    })
  } catch (error) {
    await simulator.close()
    throw error
  }
  const given = new Set<number>()

  async function next({ applicationId, tenantId }: WaitForCallback): Promise<CallbackRecord | undefined> {
    const newest = await engine.callbacks.list({ applicationId, limit: 500 })
    return newest
      .toReversed()
      .find(
        ({ id, verdict, tenantId: tenant }) =>
          !given.has(id) &&
          (verdict === 'accepted' || verdict === 'unchecked') &&
          (tenantId === undefined || tenant === tenantId),
      )
  }

  return {
    url,
    engine,
    trigger: (scenario = 'demo', overrides) => engine.trigger(scenario, overrides),
    async waitForCallback(which = {}) {
      const { timeout = 5_000 } = which
      const came = createCame(engine, timeout)
      try {
        for (;;) {
          const found = await next(which)
          if (found) {
            given.add(found.id)
            return callbackView(found)
          }
          if (!(await came.another())) throw EngineError.noCallback(timeout)
        }
      } finally {
        came.end()
      }
    },
    advance: (ms) => engine.advance(ms),
    async reset() {
      await engine.reset()
      given.clear()
    },
    close: () => simulator.close(),
  }
}

/** Tells of callbacks as they come; false when the time is over. */
function createCame(engine: Engine, timeout: number) {
  let came = false
  let isOver = false
  let wake: () => void = () => undefined
  const unsubscribe = engine.events.subscribe(({ type }) => {
    if (type !== 'callback.received' && !type.startsWith('application.')) return
    came = true
    wake()
  })
  const timer = setTimeout(() => {
    isOver = true
    wake()
  }, timeout)
  return {
    async another(): Promise<boolean> {
      if (!came && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const result = came
      came = false
      return result
    },
    end() {
      unsubscribe()
      clearTimeout(timer)
    },
  }
}

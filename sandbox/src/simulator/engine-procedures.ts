import { z } from 'zod'
import {
  ApplicationInput,
  compareAttempts,
  deliveryStates,
  type Engine,
  EngineError,
  faultPresets,
  ServiceInput,
  scenarioNames,
  usualRates,
} from '../engine/index.ts'
import { shown } from './application-procedures.ts'
import { at } from './procedure.ts'
import { applicationView, attemptView, callbackView, deliveryView, resultView, serviceView } from './views.ts'

const DAYS_100 = 8_640_000_000
const FaultInput = z.strictObject({
  preset: z.enum(faultPresets),
  seed: z.string().min(1).default('1'),
  rate: z.number().min(0).max(1).optional(),
})

/** What the sandbox adds: services, deliveries one by one, clock, faults, scenarios. */
export const engineProcedures = {
  listServices: at('GET', '/services').query(async ({ ctx }) => ({
    services: (await ctx.engine.services.list()).map(serviceView),
  })),
  saveService: at('POST', '/services')
    .input(ServiceInput)
    .mutation(async ({ ctx, input }) => serviceView(await ctx.engine.services.save(input))),
  listDeliveries: at('GET', '/deliveries')
    .input(
      z.object({
        state: z.enum(deliveryStates).optional(),
        before: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .query(async ({ ctx, input }) => ({ deliveries: (await ctx.engine.deliveries.list(input)).map(deliveryView) })),
  getDelivery: at('GET', '/deliveries/{id}')
    .input(z.object({ id: z.string() }))
    .query(({ ctx, input }) => shown(ctx.engine, input.id)),
  replay: at('POST', '/deliveries/{id}/replay')
    .input(z.strictObject({ id: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { delivery, attempts } = await ctx.engine.attempted(() => ctx.engine.deliveries.replay(input.id))
      return { ...resultView(delivery, attempts.at(-1)), attempt_id: attempts.at(-1)?.id ?? null }
    }),
  getAttempt: at('GET', '/attempts/{id}')
    .input(z.object({ id: z.int().min(1) }))
    .query(async ({ ctx, input }) => {
      const attempt = await ctx.engine.deliveries.attempt(input.id)
      const { delivery } = await ctx.engine.deliveries.get(attempt.deliveryId)
      return attemptView(attempt, delivery.shape)
    }),
  diff: at('GET', '/diff')
    .input(z.object({ left: z.string(), right: z.string() }))
    .query(async ({ ctx, input }) => {
      const [left, right] = [await attemptOf(ctx.engine, input.left), await attemptOf(ctx.engine, input.right)]
      return { left: left.id, right: right.id, differences: compareAttempts(left, right) }
    }),
  listCallbacks: at('GET', '/callbacks')
    .input(z.object({ before: z.int().min(0).optional(), limit: z.int().min(1).max(500).default(50) }))
    .query(async ({ ctx, input }) => ({ callbacks: (await ctx.engine.callbacks.list(input)).map(callbackView) })),
  getClock: at('GET', '/clock').query(({ ctx }) => clockView(ctx.engine)),
  advanceClock: at('POST', '/clock/advance')
    .input(z.strictObject({ ms: z.number().min(0).max(DAYS_100) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.engine.advance(input.ms)
      return clockView(ctx.engine)
    }),
  getFaults: at('GET', '/faults').query(({ ctx }) => faultsView(ctx.engine)),
  setFaults: at('PUT', '/faults')
    .input(FaultInput)
    .mutation(async ({ ctx, input: { preset, seed, rate } }) => {
      await ctx.engine.setFaults({ preset, seed, rate: rate ?? usualRates[preset] })
      return faultsView(ctx.engine)
    }),
  clearFaults: at('DELETE', '/faults').mutation(async ({ ctx }) => {
    await ctx.engine.setFaults(null)
    return faultsView(ctx.engine)
  }),
  listScenarios: at('GET', '/scenarios').query(() => ({ scenarios: scenarioNames })),
  trigger: at('POST', '/trigger/{scenario}')
    .input(z.strictObject({ scenario: z.string(), ...ApplicationInput.shape }))
    .mutation(async ({ ctx, input: { scenario, ...overrides } }) => {
      const { ok, steps } = await ctx.engine.trigger(scenario, overrides)
      return {
        scenario,
        ok,
        steps: steps.map((step) => ({
          ok: step.ok,
          expected: step.expected,
          application: applicationView(step.application),
          result: resultView(step.delivery, step.attempts.at(-1)),
          attempts: step.attempts.map((attempt) => attemptView(attempt, step.delivery.shape)),
        })),
      }
    }),
  getSettings: at('GET', '/settings').query(({ ctx }) => ({ schedule_ms: ctx.engine.schedule })),
  /** Null goes back to the waits that the sandbox started with. */
  setSchedule: at('PUT', '/settings/schedule')
    .input(z.strictObject({ schedule_ms: z.array(z.int().min(0).max(DAYS_100)).min(1).max(50).nullable() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.engine.setSchedule(input.schedule_ms)
      return { schedule_ms: ctx.engine.schedule }
    }),
  forgetDeliveries: at('POST', '/deliveries/forget')
    .input(z.strictObject({ older_than_ms: z.number().min(0).max(DAYS_100) }))
    .mutation(async ({ ctx: { engine }, input }) => ({
      forgotten: await engine.forget(new Date(engine.clock.now().getTime() - input.older_than_ms)),
    })),
  reset: at('POST', '/reset').mutation(async ({ ctx }) => {
    await ctx.engine.reset()
    return { success: true }
  }),
  listTenants: at('GET', '/admin/tenants')
    .input(z.object({ service: z.string().optional() }))
    .query(async ({ ctx, input }) => tenantsView(await ctx.tenants.read('/api/tenant/list', input.service))),
  getTenant: at('GET', '/admin/tenants/{tenant_id}')
    .input(z.object({ tenant_id: z.string(), service: z.string().optional() }))
    .query(({ ctx, input }) =>
      ctx.tenants.read(`/api/tenant/status/${encodeURIComponent(input.tenant_id)}`, input.service),
    ),
  getTenantUsers: at('GET', '/admin/tenants/{tenant_id}/users')
    .input(z.object({ tenant_id: z.string(), service: z.string().optional() }))
    .query(({ ctx, input }) =>
      ctx.tenants.read(`/api/tenant/${encodeURIComponent(input.tenant_id)}/users`, input.service),
    ),
  getTenantStats: at('GET', '/admin/tenants/{tenant_id}/stats')
    .input(z.object({ tenant_id: z.string(), service: z.string().optional() }))
    .query(({ ctx, input }) =>
      ctx.tenants.read(`/api/tenant/${encodeURIComponent(input.tenant_id)}/stats`, input.service),
    ),
}

/** An attempt by its number, or the newest of a delivery by its id. */
async function attemptOf(engine: Engine, name: string) {
  if (/^\d{1,15}$/.test(name)) return engine.deliveries.attempt(Number(name))
  const { attempts } = await engine.deliveries.get(name)
  const last = attempts.at(-1)
  if (!last) throw EngineError.unknown('attempt', name)
  return last
}

function clockView({ clock }: Engine) {
  return { now: clock.now().toISOString(), offset_ms: clock.offset }
}

function faultsView(engine: Engine) {
  return { active: engine.faults(), presets: faultPresets }
}

/** Services list tenants as objects, with their id under either name, or as ids. */
function tenantsView(answer: unknown): { count: number; tenants: readonly unknown[] } {
  const list = Array.isArray(answer) ? answer : isObject(answer) ? answer.tenants : undefined
  if (!Array.isArray(list)) throw EngineError.badAnswer('GET /api/tenant/list', 'no list of tenants')
  const tenants = list.map((one: unknown) => {
    if (typeof one === 'string') return { tenant_id: one }
    return isObject(one) && one.tenant_id === undefined ? { ...one, tenant_id: one.id ?? null } : one
  })
  return { count: tenants.length, tenants }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

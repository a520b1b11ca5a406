import { ApplicationKind } from '@mt-paas/server/contract'
import { z } from 'zod'
import { ApplicationInput, applicationStates, CustomInput, type DeliveryRecord, type Engine } from '../engine/index.ts'
import { at } from './procedure.ts'
import { applicationView, attemptView, callbackView, deliveryView, eventView, resultView } from './views.ts'

const Page = z.object({
  limit: z.int().min(1).max(500).default(50),
  /** Those before this one. */
  before: z.int().min(0).optional(),
})
const ApplicationId = z.object({ id: z.int().min(0) })
const SendInput = z.strictObject({ id: z.int().min(0), retry: z.boolean().default(true) })
const ProvisionInput = z.strictObject({ ...ApplicationInput.shape, kind: ApplicationKind.default('demo') })

/** Applications and what became of them, at the old simulator's paths. */
export const applicationProcedures = {
  applyForDemo: at('POST', '/applications/demo')
    .input(ApplicationInput)
    .mutation(async ({ ctx, input }) => applicationView(await ctx.engine.applications.create('demo', input))),
  applyForService: at('POST', '/applications/service')
    .input(ApplicationInput)
    .mutation(async ({ ctx, input }) => applicationView(await ctx.engine.applications.create('service', input))),
  listApplications: at('GET', '/applications')
    .input(Page.extend({ status: z.enum(applicationStates).optional(), kind: ApplicationKind.optional() }))
    .query(async ({ ctx, input }) => {
      const applications = (await ctx.engine.applications.list(input)).map(applicationView)
      return { total: (await ctx.engine.statistics()).applications.total, applications }
    }),
  getApplication: at('GET', '/applications/{id}')
    .input(ApplicationId)
    .query(async ({ ctx, input }) => {
      const { engine } = ctx
      const application = await engine.applications.get(input.id)
      const deliveries = await engine.deliveries.list({ applicationId: input.id, limit: 100 })
      const callbacks = await engine.callbacks.list({ applicationId: input.id, limit: 100 })
      return {
        ...applicationView(application),
        deliveries: deliveries.map(deliveryView),
        callbacks: callbacks.map(callbackView),
        timeline: (await engine.applications.timeline(input.id)).map(eventView),
      }
    }),
  sendApplication: at('POST', '/applications/{id}/send')
    .input(SendInput)
    .mutation(async ({ ctx, input }) => {
      const application = await ctx.engine.applications.get(input.id)
      return sent(ctx.engine, application.id, () => sendAgainOrAnew(ctx.engine, input))
    }),
  provision: at('POST', '/simulate/provision')
    .input(ProvisionInput)
    .mutation(async ({ ctx, input: { kind, ...input } }) => {
      const { engine } = ctx
      const application = await engine.applications.create(kind, { shape: 'flat', ...input })
      return sent(engine, application.id, () => engine.deliveries.ofApplication(application, { source: 'provision' }))
    }),
  custom: at('POST', '/simulate/custom')
    .input(CustomInput)
    .mutation(async ({ ctx, input }) => {
      const { engine } = ctx
      const { times = 1, ...one } = input
      const results = []
      for (let time = 0; time < times; time++) {
        const { delivery, attempts } = await engine.attempted(async () => engine.deliveries.custom(one))
        results.push({ ...resultView(delivery, attempts.at(-1)), attempt_id: attempts.at(-1)?.id ?? null })
      }
      return { success: results.every(({ success }) => success), results }
    }),
  listResults: at('GET', '/results')
    .input(Page)
    .query(async ({ ctx, input }) => resultsOf(ctx.engine, await ctx.engine.deliveries.list(input))),
  getResult: at('GET', '/results/{id}')
    .input(z.object({ id: z.string() }))
    .query(({ ctx, input }) => shown(ctx.engine, input.id)),
  resultsOfApplication: at('GET', '/results/application/{id}')
    .input(ApplicationId)
    .query(async ({ ctx, input }) => {
      await ctx.engine.applications.get(input.id)
      return resultsOf(ctx.engine, await ctx.engine.deliveries.list({ applicationId: input.id, limit: 500 }))
    }),
  history: at('GET', '/history')
    .input(Page)
    .query(async ({ ctx, input }) =>
      resultsOf(
        ctx.engine,
        await ctx.engine.deliveries.list({ ...input, sources: ['provision', 'custom', 'trigger'] }),
      ),
    ),
  statistics: at('GET', '/stats').query(({ ctx }) => ctx.engine.statistics()),
}

/** A delivery with every attempt at it. */
export async function shown(engine: Engine, id: string) {
  const { delivery, attempts } = await engine.deliveries.get(id)
  return {
    ...resultView(delivery, attempts.at(-1)),
    attempts_made: attempts.map((attempt) => attemptView(attempt, delivery.shape)),
  }
}

async function resultsOf(engine: Engine, deliveries: readonly DeliveryRecord[]) {
  const last = await engine.deliveries.lastAttempts(deliveries)
  const results = deliveries.map((delivery) => resultView(delivery, last.get(delivery.id)))
  return { total: (await engine.statistics()).deliveries.total, results }
}

async function sent(engine: Engine, applicationId: number, make: () => Promise<DeliveryRecord>) {
  const { delivery, attempts } = await engine.attempted(make)
  return {
    success: delivery.state === 'delivered',
    application: applicationView(await engine.applications.get(applicationId)),
    result: { ...resultView(delivery, attempts.at(-1)), attempt_id: attempts.at(-1)?.id ?? null },
  }
}

/** What still waits goes now, under its id; what has ended is sent anew. */
async function sendAgainOrAnew(engine: Engine, { id, retry }: z.infer<typeof SendInput>): Promise<DeliveryRecord> {
  const [waiting] = await engine.deliveries.list({ applicationId: id, state: 'waiting', limit: 1 })
  if (waiting) return engine.deliveries.hasten(waiting.id)
  return engine.deliveries.ofApplication(await engine.applications.get(id), { retry })
}

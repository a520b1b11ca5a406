import { z } from 'zod'
import { at } from '../console/console-procedure.ts'
import { deliverySources, deliveryStates, failureReasons } from '../engine/index.ts'

const DAYS_100 = 8_640_000_000

const LogInput = z.object({
  state: z.enum(deliveryStates).optional(),
  service: z.string().optional(),
  source: z.enum(deliverySources).optional(),
  reason: z.enum(failureReasons).optional(),
  application_id: z.int().min(0).optional(),
  /** Part of the id or of the address. */
  search: z.string().min(1).max(200).optional(),
  /** Only these, which is how a reader that knows them learns what became of them. */
  ids: z.array(z.string().max(100)).min(1).max(200).optional(),
  before: z.int().min(0).optional(),
  limit: z.int().min(1).max(500).default(100),
})

/** The log of deliveries and how it went over time, for people who look. */
export const logProcedures = {
  deliveryLog: at('GET', '/log')
    .input(LogInput)
    .query(async ({ ctx: { engine }, input: { before, limit, application_id: applicationId, ...rest } }) => {
      const filter = { ...rest, applicationId }
      const deliveries = await engine.deliveryLog(filter, { before, limit })
      // Who turns pages or asks for certain ones knows how many there are.
      const isFirst = before === undefined && rest.ids === undefined
      return { deliveries, total: isFirst ? await engine.deliveryCount(filter) : null }
    }),
  statisticsSeries: at('GET', '/stats/series')
    .input(
      z.object({
        span_ms: z.int().min(1_000).max(DAYS_100).default(3_600_000),
        buckets: z.int().min(1).max(500).default(60),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.statisticsSeries(input.span_ms, input.buckets)),
}

import { z } from 'zod'
import { DeliveryLogFilter } from '../market/delivery-filter.ts'
import { at } from './console-procedure.ts'

const MOST_REPLAYED = 10_000

/** The log of deliveries. */
export const deliveryProcedures = {
  listDeliveries: at('GET', '/market/deliveries')
    .input(
      DeliveryLogFilter.extend({
        before: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .query(({ ctx, input: { before, limit, ...filter } }) => ctx.market.deliveries.list(filter, { before, limit })),
  /** Sends again what is named, or else what the filter lets through, newest first. */
  replayDeliveries: at('POST', '/market/deliveries/replay')
    .input(
      z.strictObject({
        ids: z.array(z.string()).min(1).max(MOST_REPLAYED).optional(),
        filter: DeliveryLogFilter.strict().optional(),
        limit: z.int().min(1).max(MOST_REPLAYED).default(1_000),
      }),
    )
    .mutation(({ ctx, input }) => ctx.market.deliveries.replay(input)),
  exportDeliveries: at('GET', '/market/deliveries/export')
    .input(DeliveryLogFilter.extend({ format: z.enum(['csv', 'json']).default('csv') }))
    .query(({ ctx, input: { format, ...filter } }) => ctx.market.deliveries.export(filter, format)),
}

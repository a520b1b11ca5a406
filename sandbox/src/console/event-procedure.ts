import { tracked } from '@trpc/server'
import { z } from 'zod'
import { eventView } from '../simulator/views.ts'
import { procedure } from './console-procedure.ts'
import { eventsFrom } from './events-from.ts'

/**
 * Everything that happens, live. Who comes back with the id of the last event, or names one, misses nothing; others
 * begin with what comes next.
 */
export const eventProcedure = procedure
  .input(
    z
      .object({
        lastEventId: z.coerce
          .string()
          .regex(/^\d{1,15}$/)
          .nullish(),
      })
      .optional(),
  )
  .subscription(async function* events({ ctx, input, signal }) {
    const ended = AbortSignal.any([ctx.stopping, ...(signal ? [signal] : [])])
    const from = input?.lastEventId == null ? await ctx.engine.events.newest() : Number(input.lastEventId)
    for await (const event of eventsFrom(ctx.engine.events, { from, signal: ended })) {
      yield tracked(String(event.id), eventView(event))
    }
  })

import { tracked } from '@trpc/server'
import { z } from 'zod'
import type { EventHub } from '../engine/index.ts'
import { eventView } from '../simulator/views.ts'
import { procedure } from './console-procedure.ts'
import { type EventsFromOptions, eventsFrom } from './events-from.ts'

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
  .subscription(async ({ ctx, input, signal }) => {
    const ended = AbortSignal.any([ctx.stopping, ...(signal ? [signal] : [])])
    // Known before the stream says that it is there: what happens from then on is in it.
    const from = input?.lastEventId == null ? await ctx.engine.events.newest() : Number(input.lastEventId)
    return trackedEvents(ctx.engine.events, { from, signal: ended })
  })

async function* trackedEvents(hub: EventHub, options: EventsFromOptions) {
  for await (const event of eventsFrom(hub, options)) yield tracked(String(event.id), eventView(event))
}

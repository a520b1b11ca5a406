import { z } from 'zod'
import { MarketError } from '../market/market-error.ts'
import type { ConsoleParts } from './console-parts.ts'
import { at } from './console-procedure.ts'

const Named = z.strictObject({ name: z.string() })

/** The sample services that run beside the market; none where it runs alone. */
export const sampleProcedures = {
  listSamples: at('GET', '/market/samples').query(({ ctx }) => ({ samples: ctx.samples?.list() ?? [] })),
  startSample: at('POST', '/market/samples/{name}/start')
    .input(Named)
    .mutation(({ ctx, input: { name } }) => change(ctx, 'start', name)),
  stopSample: at('POST', '/market/samples/{name}/stop')
    .input(Named)
    .mutation(({ ctx, input: { name } }) => change(ctx, 'stop', name)),
}

const EVENTS = { start: 'sample.started', stop: 'sample.stopped' } as const

type Parts = Pick<ConsoleParts, 'samples' | 'engine' | 'market'>

/** Starts or stops a sample, tells whoever listens, and looks how the catalogue's service is now. */
async function change({ samples, engine, market }: Parts, action: keyof typeof EVENTS, name: string) {
  if (!samples) throw MarketError.unknown('sample', name)
  const changed = await samples[action](name)
  await engine.events.journal(async (_, tell) => tell(EVENTS[action], { data: { name } }))
  if (await engine.services.find(name)) await market.catalogue.checkHealth(name)
  return changed
}

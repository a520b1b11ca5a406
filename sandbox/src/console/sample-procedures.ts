import { z } from 'zod'
import { MarketError } from '../market/market-error.ts'
import type { Samples } from '../market/samples.ts'
import type { ConsoleParts } from './console-parts.ts'
import { at } from './console-procedure.ts'

const Named = z.strictObject({ name: z.string() })

/** The sample services that run beside the market; none where it runs alone. */
export const sampleProcedures = {
  listSamples: at('GET', '/market/samples').query(({ ctx }) => ({ samples: ctx.samples?.list() ?? [] })),
  startSample: at('POST', '/market/samples/{name}/start')
    .input(Named)
    .mutation(({ ctx, input: { name } }) => samplesOf(ctx, name).start(name)),
  stopSample: at('POST', '/market/samples/{name}/stop')
    .input(Named)
    .mutation(({ ctx, input: { name } }) => samplesOf(ctx, name).stop(name)),
}

function samplesOf({ samples }: Pick<ConsoleParts, 'samples'>, name: string): Samples {
  if (!samples) throw MarketError.unknown('sample', name)
  return samples
}

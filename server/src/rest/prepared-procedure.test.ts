import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, initTRPC, TRPCError } from '@trpc/server'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { prepareProcedure } from './prepared-procedure.ts'
import { proceduresOf } from './procedure-definition.ts'
import { withShortcut } from './shortcut.ts'

interface Context {
  readonly log: string[]
  readonly tag: string
}

const t = initTRPC.context<Context>().create({ isDev: false })
const base = t.procedure

function marked(thrown: unknown): TRPCError {
  return new TRPCError({ code: 'CONFLICT', message: `marked: ${getTRPCErrorFromUnknown(thrown).message}` })
}

/** What a link of a chain can do; each is something real middlewares do. */
const links = {
  pass: base.use(({ next, ctx }) => {
    ctx.log.push('pass')
    return next()
  }),
  tagContext: base.use(({ next, ctx }) => next({ ctx: { tag: `${ctx.tag}+` } })),
  readRawInput: base.use(async ({ next, ctx, getRawInput }) => {
    ctx.log.push(`raw ${JSON.stringify(await getRawInput())}`)
    return next()
  }),
  replaceRawInput: base.use(({ next }) => next({ getRawInput: async () => ({ a: 'replaced', b: 2 }) })),
  seeInput: base.use(({ next, ctx, input, path, type, signal }) => {
    ctx.log.push(`${type} ${path} ${JSON.stringify(input)} ${signal?.aborted}`)
    return next()
  }),
  seeResult: base.use(async ({ next, ctx }) => {
    const result = await next()
    ctx.log.push(result.ok ? `ok ${JSON.stringify(result.data)}` : `failed ${result.error.code}`)
    return result
  }),
  twice: base.use(async ({ next }) => {
    await next()
    return next()
  }),
  replaceResult: base.use(async ({ next }) => {
    const result = await next()
    return result.ok ? { ...result, data: { a: 'other', extra: true } } : result
  }),
  shortContext: base.use(
    withShortcut(({ next, ctx }) => next({ ctx: { tag: `${ctx.tag}s` } }), {
      enter: ({ ctx }) => ({ ctx: { ...(ctx as Context), tag: `${(ctx as Context).tag}s` } }),
    }),
  ),
  shortRawInput: base.use(
    withShortcut(({ next }) => next({ getRawInput: async () => ({ a: 'short', b: 1 }) }), {
      enter: async () => ({ rawInput: () => ({ a: 'short', b: 1 }) }),
    }),
  ),
  shortRefusal: base.use(
    withShortcut(
      async ({ next }) => {
        const result = await next()
        return result.ok ? result : { ...result, error: marked(result.error) }
      },
      { enter: () => ({}), refuse: marked },
    ),
  ),
  shortBarrier: base.use(
    withShortcut(
      () => {
        throw marked(new TRPCError({ code: 'FORBIDDEN', message: 'no way' }))
      },
      {
        enter: () => {
          throw new TRPCError({ code: 'FORBIDDEN', message: 'no way' })
        },
        refuse: marked,
      },
    ),
  ),
  longWayRound: base.use(
    withShortcut(
      ({ next, ctx }) => {
        ctx.log.push('long way')
        return next()
      },
      { enter: () => undefined, refuse: marked },
    ),
  ),
  refuse: base.use(() => {
    throw new TRPCError({ code: 'FORBIDDEN', message: 'refused' })
  }),
  crash: base.use(() => {
    throw new Error('crashed')
  }),
  formatErrors: base.errors(() => undefined),
  inputA: base.input(z.object({ a: z.string() })),
  inputB: base.input(z.object({ b: z.coerce.number<number>() })),
  asyncInput: base.input(z.object({ a: z.string().refine(async (text) => text !== 'bad') })),
}

type Link = keyof typeof links
const linkNames = Object.keys(links) as Link[]

interface Chain {
  readonly links: readonly Link[]
  readonly output: 'strip' | 'async' | 'none'
  /** Whether the output is checked around everything else, as the Standard API does. */
  readonly outputFirst: boolean
  readonly resolver: 'echo' | 'throw' | 'misfit'
}

function build({ links: names, output, outputFirst, resolver }: Chain): AnyTRPCProcedure {
  const schema = z.object({ a: z.string().optional() })
  const checkedBy = output === 'strip' ? schema : schema.refine(async () => true)
  let builder = base as unknown as typeof links.pass
  if (output !== 'none' && outputFirst) builder = builder.output(checkedBy) as unknown as typeof links.pass
  for (const name of names) builder = builder.concat(links[name] as unknown as typeof links.pass)
  if (output !== 'none' && !outputFirst) builder = builder.output(checkedBy) as unknown as typeof links.pass
  return builder.query(({ ctx, input }): { a?: string } => {
    ctx.log.push(`resolver ${ctx.tag} ${JSON.stringify(input)}`)
    if (resolver === 'throw') throw new Error('resolver failed')
    return resolver === 'misfit' ? ({ a: 7 } as unknown as { a: string }) : { a: 'x', ...(input as object | undefined) }
  })
}

async function outcome(call: (ctx: Context) => Promise<unknown>) {
  const log: string[] = []
  try {
    return { log, json: await call({ log, tag: 'start' }) }
  } catch (error) {
    const { code, message, cause } = error as TRPCError
    return { log, code, message, cause: cause?.name, issues: cause && 'issues' in cause ? cause.issues : undefined }
  }
}

describe('a prepared procedure', () => {
  it('does what the procedure itself does, whatever its chain', async () => {
    const chain = fc.record<Chain>({
      links: fc.array(fc.constantFrom(...linkNames), { maxLength: 7 }),
      output: fc.constantFrom('strip', 'async', 'none'),
      outputFirst: fc.boolean(),
      resolver: fc.constantFrom('echo', 'echo', 'echo', 'throw', 'misfit'),
    })
    const rawInput = fc.constantFrom<unknown>(
      { a: 'x', b: '3' },
      { a: 'bad', b: 1 },
      { a: 1 },
      { b: 'no number' },
      {},
      undefined,
      null,
      'text',
      [1],
    )
    await fc.assert(
      fc.asyncProperty(chain, rawInput, async (shape, raw) => {
        const router = t.router({ read: build(shape) })
        const [definition] = proceduresOf(router)
        if (!definition) throw new Error('no procedure')
        const { signal } = new AbortController()
        const getRawInput = async () => raw
        const options = { getRawInput, path: 'read', type: 'query', input: undefined, batchIndex: 0, signal } as const
        const plain = await outcome(async (ctx) => JSON.stringify(await definition.procedure({ ctx, ...options })))
        const prepared = await outcome((ctx) =>
          prepareProcedure(definition).call({ ctx, rawInput: getRawInput, signal: () => signal, batchIndex: 0 }),
        )
        expect(prepared).toEqual(plain)
      }),
      { numRuns: 1_000, seed: 1 },
    )
  })

  it('never makes a signal that nobody asks for', async () => {
    const [definition] = proceduresOf(
      t.router({ read: build({ links: ['pass'], output: 'strip', outputFirst: true, resolver: 'echo' }) }),
    )
    if (!definition) throw new Error('no procedure')
    let made = 0
    const signal = () => {
      made++
      return new AbortController().signal
    }
    const ctx = { log: [], tag: '' }
    await prepareProcedure(definition).call({ ctx, rawInput: async () => ({}), signal, batchIndex: 0 })
    expect(made).toBe(0)
  })
})

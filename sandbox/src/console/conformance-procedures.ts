import { z } from 'zod'
import { allChecks } from '../conformance/checks/index.ts'
import { reportKinds } from '../conformance/report/report-files.ts'
import { conformanceStates } from '../engine/entity/index.ts'
import { Slug } from '../market/service-manifest.ts'
import { at } from './console-procedure.ts'

const Id = z.strictObject({ id: z.int().min(1) })
const Words = z.array(z.string().min(1)).max(500).optional()

/** Runs of the conformance tester. */
export const conformanceProcedures = {
  listChecks: at('GET', '/conformance/checks').query(() => ({
    checks: allChecks.map(({ id, area, level, rule, title, needs }) => ({ id, area, level, rule, title, needs })),
  })),
  start: at('POST', '/conformance/runs')
    .input(
      z.strictObject({
        service: Slug,
        only: Words,
        skip: Words,
        level: z.enum(['MUST', 'SHOULD']).optional(),
        seed: z.string().min(1).max(200).optional(),
        read_tenant: z.string().min(1).optional(),
        baseline_run: z.int().min(1).optional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.market.conformance.start(input)),
  listRuns: at('GET', '/conformance/runs')
    .input(
      z.object({
        service: z.string().optional(),
        state: z.enum(conformanceStates).optional(),
        before: z.int().min(0).optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => ({ runs: await ctx.market.conformance.list(input) })),
  getRun: at('GET', '/conformance/runs/{id}')
    .input(Id)
    .query(({ ctx, input }) => ctx.market.conformance.get(input.id)),
  cancel: at('POST', '/conformance/runs/{id}/cancel')
    .input(Id)
    .mutation(({ ctx, input }) => ctx.market.conformance.cancel(input.id)),
  getFile: at('GET', '/conformance/runs/{id}/files/{kind}')
    .input(z.object({ id: z.int().min(1), kind: z.enum(reportKinds), language: z.enum(['ko', 'en']).default('en') }))
    .query(({ ctx, input }) => ctx.market.conformance.file(input.id, input.kind, input.language)),
  remove: at('DELETE', '/conformance/runs/{id}')
    .input(Id)
    .mutation(async ({ ctx, input }) => {
      await ctx.market.conformance.remove(input.id)
      return { success: true }
    }),
}

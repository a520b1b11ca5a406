import { ApplicationKind } from '@mt-paas/server/contract'
import { z } from 'zod'
import { subscriptionStates } from '../engine/entity/index.ts'
import { ApplyInput } from '../market/application-desk.ts'
import { marketApplicationStates } from '../market/application-state.ts'
import { mailKinds } from '../market/outbox.ts'
import { at } from './console-procedure.ts'

const Id = z.strictObject({ id: z.int().min(0) })
const Day = z.iso.date()
const Page = { before: z.int().min(0).optional(), limit: z.int().min(1).max(500).default(50) }
const Text = z.string().max(200).optional()
const Reason = z.string().trim().min(1).max(2_000)

/** Applications, subscriptions, accounts and mails of the market. */
export const marketProcedures = {
  overview: at('GET', '/market/overview')
    .input(
      z.object({
        from: z.iso.datetime({ offset: true }).optional(),
        to: z.iso.datetime({ offset: true }).optional(),
        span_ms: z.int().min(1_000).max(8_640_000_000).optional(),
        buckets: z.int().min(1).max(500).optional(),
      }),
    )
    .query(({ ctx, input: { span_ms: span, ...input } }) => ctx.market.overview({ ...input, span })),

  listApplications: at('GET', '/market/applications')
    .input(
      z.object({
        state: z.enum(marketApplicationStates).optional(),
        service: z.string().optional(),
        kind: ApplicationKind.optional(),
        text: Text,
        ...Page,
      }),
    )
    .query(({ ctx, input }) => ctx.market.applications.list(input)),
  getApplication: at('GET', '/market/applications/{id}')
    .input(Id)
    .query(({ ctx, input }) => ctx.market.applications.get(input.id)),
  submitApplication: at('POST', '/market/applications')
    .input(ApplyInput)
    .mutation(({ ctx, input }) => ctx.market.applications.apply(input)),
  approve: at('POST', '/market/applications/{id}/approve')
    .input(
      z.strictObject({
        id: z.int().min(0),
        plan: z.string().optional(),
        start_date: Day.optional(),
        end_date: Day.optional(),
      }),
    )
    .mutation(({ ctx, input: { id, plan, start_date, end_date } }) =>
      ctx.market.applications.approve({ id, plan, startDate: start_date, endDate: end_date }),
    ),
  reject: at('POST', '/market/applications/{id}/reject')
    .input(z.strictObject({ id: z.int().min(0), reason: Reason }))
    .mutation(({ ctx, input }) => ctx.market.applications.reject(input.id, input.reason)),
  withdraw: at('POST', '/market/applications/{id}/withdraw')
    .input(Id)
    .mutation(({ ctx, input }) => ctx.market.applications.withdraw(input.id)),
  retry: at('POST', '/market/applications/{id}/retry')
    .input(Id)
    .mutation(({ ctx, input }) => ctx.market.applications.retry(input.id)),

  listSubscriptions: at('GET', '/market/subscriptions')
    .input(
      z.object({
        status: z.enum(subscriptionStates).optional(),
        service: z.string().optional(),
        account_id: z.int().min(1).optional(),
        text: Text,
        ...Page,
      }),
    )
    .query(({ ctx, input: { account_id, ...filter } }) =>
      ctx.market.subscriptions.list({ ...filter, accountId: account_id }),
    ),
  getSubscription: at('GET', '/market/subscriptions/{id}')
    .input(Id)
    .query(({ ctx, input }) => ctx.market.subscriptions.get(input.id)),
  suspend: at('POST', '/market/subscriptions/{id}/suspend')
    .input(z.strictObject({ id: z.int().min(0), reason: Reason }))
    .mutation(({ ctx, input }) => ctx.market.subscriptions.suspend(input.id, input.reason)),
  resume: at('POST', '/market/subscriptions/{id}/resume')
    .input(Id)
    .mutation(({ ctx, input }) => ctx.market.subscriptions.resume(input.id)),
  changePlan: at('POST', '/market/subscriptions/{id}/plan')
    .input(z.strictObject({ id: z.int().min(0), plan: z.string() }))
    .mutation(({ ctx, input }) => ctx.market.subscriptions.changePlan(input.id, input.plan)),
  renew: at('POST', '/market/subscriptions/{id}/renew')
    .input(z.strictObject({ id: z.int().min(0), end_date: Day.optional() }))
    .mutation(({ ctx, input }) => ctx.market.subscriptions.renew({ id: input.id, endDate: input.end_date })),
  cancel: at('POST', '/market/subscriptions/{id}/cancel')
    .input(z.strictObject({ id: z.int().min(0), preserve_data: z.boolean().default(true) }))
    .mutation(({ ctx, input }) => ctx.market.subscriptions.cancel({ id: input.id, preserveData: input.preserve_data })),

  listAccounts: at('GET', '/market/accounts').query(async ({ ctx }) => ({ accounts: await ctx.market.listAccounts() })),
  resetPassword: at('POST', '/market/accounts/{id}/password')
    .input(Id)
    .mutation(async ({ ctx, input }) => {
      await ctx.market.resetPassword(input.id)
      return { success: true }
    }),

  listMails: at('GET', '/market/outbox')
    .input(z.object({ kind: z.enum(mailKinds).optional(), text: Text, ...Page }))
    .query(({ ctx, input }) => ctx.market.outbox.list(input)),
  getMail: at('GET', '/market/outbox/{id}')
    .input(Id)
    .query(({ ctx, input }) => ctx.market.outbox.get(input.id)),
}

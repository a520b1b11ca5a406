import type { CallbackSender } from '../callback/index.ts'
import {
  ActivateResponse,
  type CompatTenant,
  compatOperations,
  type ProvisionCallback,
  type ResourceType,
} from '../contract/index.ts'
import type { BoundHandler, HandlerContext } from '../handler/index.ts'
import type { Exchange } from '../http/exchange.ts'
import { createRouter, operationProcedure } from '../router/procedure.ts'
import type { Application } from './application.ts'
import type { ApplicationStore } from './application-store.ts'
import type { OnApplicationApproved } from './provision-application.ts'
import { readApplication, readAutoProvision } from './webhook-body.ts'
import { IGNORED, readEvent } from './webhook-event.ts'
import type { Answer, WebhookGate } from './webhook-gate.ts'

/** What the compat paths need beside the handler of the context. */
export interface CompatServices {
  readonly store: ApplicationStore
  readonly onApplicationApproved: OnApplicationApproved
  /** Undefined when signatures are not looked at. */
  readonly gate: WebhookGate | undefined
  /** Undefined when callbacks are not sent. */
  readonly callbacks: CallbackSender | undefined
  readonly now: () => Date
}

/** The predecessors' paths as a router, on the same chain as the Standard API. */
export function compatRouter({ store, onApplicationApproved, gate, callbacks, now }: CompatServices) {
  const { autoProvision, applicationApproved, listTenants, tenantStatus } = compatOperations

  /** Gives a webhook its effect: once per signed id, and none for events that are not known. */
  function received(exchange: Exchange, input: Answer, effect: (body: Answer) => Promise<Answer>): Promise<Answer> {
    const event = readEvent(input)
    const run = async () => (event.isKnown ? effect(event.body) : IGNORED)
    return gate ? gate.once(exchange, run) : run()
  }

  /**
   * Reports an outcome to a `callback_url`; undefined when there is none, or callbacks are not sent.
   * @throws StandardApiError `INVALID_REQUEST` for one that is not the market's
   */
  function reportTo(url: string | null, exchange: Exchange): Report | undefined {
    if (url === null || !callbacks) return undefined
    callbacks.assertAllowed(url)
    const webhookId = gate?.idOf(exchange)
    return (outcome) => callbacks.send(url, outcome, webhookId)
  }

  async function approve(application: Application, ctx: HandlerContext, exchange: Exchange): Promise<Answer> {
    const callback = reportTo(application.callbackUrl, exchange)
    const answer = await onApplicationApproved({ application, ctx, ...(callback && { callback }) })
    if (answer.status !== 'processing') await callback?.(answer)
    return answer
  }

  return createRouter({
    autoProvision: operationProcedure('autoProvision', autoProvision).mutation(({ ctx, input }) =>
      received(ctx.exchange, input, async (content) => {
        const body = readAutoProvision(content)
        if (body.kind === 'application') return approve(body.application, ctx.call, ctx.exchange)
        const { activation } = body
        const callback = reportTo(callbackUrlOf(activation.config), ctx.exchange)
        const activated = ActivateResponse.parse(await ctx.handler.activateTenant({ input: activation, ctx: ctx.call }))
        const isDone = ctx.call.reply.status !== 202
        if (isDone) await callback?.({ ...activated, created_at: `${now().toISOString().slice(0, 19)}Z` })
        return activated
      }),
    ),
    applicationApproved: operationProcedure('applicationApproved', applicationApproved).mutation(({ ctx, input }) =>
      received(ctx.exchange, input, (content) => approve(readApplication(content), ctx.call, ctx.exchange)),
    ),
    listTenants: operationProcedure('listTenants', listTenants).query(async ({ ctx }) => {
      const applied = await store.list()
      const lookUps = applied.map(({ tenantId }) =>
        compatTenant(tenantId, { handler: ctx.handler, store, ctx: ctx.call }),
      )
      const tenants = (await Promise.allSettled(lookUps)).flatMap((one) =>
        one.status === 'fulfilled' ? [one.value] : [],
      )
      return { count: tenants.length, tenants }
    }),
    tenantStatus: operationProcedure('tenantStatus', tenantStatus).query(({ ctx, input }) =>
      compatTenant(input.tenant_id, { handler: ctx.handler, store, ctx: ctx.call }),
    ),
    stats: statsProcedure('stats'),
    tenantStats: statsProcedure('tenantStats'),
    users: usersProcedure('users'),
    tenantUsers: usersProcedure('tenantUsers'),
    courses: resourcesProcedure('courses', 'course'),
    discussions: resourcesProcedure('discussions', 'discussion'),
  })
}

type Report = (outcome: ProvisionCallback) => Promise<void>

function callbackUrlOf(config: Readonly<Record<string, unknown>> | null): string | null {
  const url = config?.callback_url
  return typeof url === 'string' ? url : null
}

function statsProcedure(name: 'stats' | 'tenantStats') {
  return operationProcedure(name, compatOperations[name]).query(({ ctx, input }) =>
    ctx.handler.getTenantStats({ input, ctx: ctx.call }),
  )
}

function usersProcedure(name: 'users' | 'tenantUsers') {
  return operationProcedure(name, compatOperations[name]).query(({ ctx, input }) =>
    ctx.handler.listUsers({ input, ctx: ctx.call }),
  )
}

function resourcesProcedure(name: 'courses' | 'discussions', type: ResourceType) {
  return operationProcedure(name, compatOperations[name]).query(({ ctx, input }) =>
    ctx.handler.listResources({ input: { ...input, type }, ctx: ctx.call }),
  )
}

interface TenantLookUp {
  readonly handler: BoundHandler
  readonly store: ApplicationStore
  readonly ctx: HandlerContext
}

async function compatTenant(tenantId: string, { handler, store, ctx }: TenantLookUp): Promise<CompatTenant> {
  const { status, created_at } = await handler.getTenantStatus({ input: { tenant_id: tenantId }, ctx })
  const { total } = await handler.listUsers({ input: { tenant_id: tenantId, limit: 1, offset: 0 }, ctx })
  const applied = await store.findByTenant(tenantId)
  return {
    tenant_id: tenantId,
    university_name: applied?.universityName ?? null,
    email: applied?.email ?? null,
    status,
    created_at,
    users_count: total,
  }
}

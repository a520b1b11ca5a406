import { ActivateResponse, type CompatTenant, compatOperations, type ResourceType } from '../contract/index.ts'
import type { BoundHandler, HandlerContext } from '../handler/index.ts'
import { createRouter, operationProcedure } from '../router/procedure.ts'
import type { ApplicationStore } from './application-store.ts'
import type { OnApplicationApproved } from './provision-application.ts'
import { readApplication, readAutoProvision } from './webhook-body.ts'

/** What the compat paths need beside the handler of the context. */
export interface CompatServices {
  readonly store: ApplicationStore
  readonly onApplicationApproved: OnApplicationApproved
}

/** The predecessors' paths as a router, on the same chain as the Standard API. */
export function compatRouter({ store, onApplicationApproved }: CompatServices) {
  const { autoProvision, applicationApproved, listTenants, tenantStatus } = compatOperations
  return createRouter({
    autoProvision: operationProcedure('autoProvision', autoProvision).mutation(async ({ ctx, input }) => {
      const body = readAutoProvision(input)
      if (body.kind === 'application') {
        return onApplicationApproved({ application: body.application, ctx: ctx.call })
      }
      return ActivateResponse.parse(await ctx.handler.activateTenant({ input: body.activation, ctx: ctx.call }))
    }),
    applicationApproved: operationProcedure('applicationApproved', applicationApproved).mutation(({ ctx, input }) =>
      onApplicationApproved({ application: readApplication(input), ctx: ctx.call }),
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

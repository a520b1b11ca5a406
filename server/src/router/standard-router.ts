import { operations } from '../contract/index.ts'
import { createRouter, operationProcedure } from './procedure.ts'

const lifecycleProcedures = {
  checkHealth: operationProcedure('checkHealth', operations.checkHealth).query(({ ctx, input }) =>
    ctx.handler.checkHealth({ input, ctx: ctx.call }),
  ),
  activateTenant: operationProcedure('activateTenant', operations.activateTenant).mutation(({ ctx, input }) =>
    ctx.handler.activateTenant({ input, ctx: ctx.call }),
  ),
  deactivateTenant: operationProcedure('deactivateTenant', operations.deactivateTenant).mutation(({ ctx, input }) =>
    ctx.handler.deactivateTenant({ input, ctx: ctx.call }),
  ),
  getTenantStatus: operationProcedure('getTenantStatus', operations.getTenantStatus).query(({ ctx, input }) =>
    ctx.handler.getTenantStatus({ input, ctx: ctx.call }),
  ),
  getTenantUsage: operationProcedure('getTenantUsage', operations.getTenantUsage).query(({ ctx, input }) =>
    ctx.handler.getTenantUsage({ input, ctx: ctx.call }),
  ),
}

/** Version 1 of the Standard API: health, activation, deactivation, status, usage. */
export const lifecycleRouter = createRouter(lifecycleProcedures)

/**
 * The Standard API: one procedure per operation, named as the handler's method. It is a constant; the handler
 * comes in through the context.
 */
export const standardRouter = createRouter({
  ...lifecycleProcedures,
  getTenantStats: operationProcedure('getTenantStats', operations.getTenantStats).query(({ ctx, input }) =>
    ctx.handler.getTenantStats({ input, ctx: ctx.call }),
  ),
  getTenantCosts: operationProcedure('getTenantCosts', operations.getTenantCosts).query(({ ctx, input }) =>
    ctx.handler.getTenantCosts({ input, ctx: ctx.call }),
  ),
  getTopUsers: operationProcedure('getTopUsers', operations.getTopUsers).query(({ ctx, input }) =>
    ctx.handler.getTopUsers({ input, ctx: ctx.call }),
  ),
  listUsers: operationProcedure('listUsers', operations.listUsers).query(({ ctx, input }) =>
    ctx.handler.listUsers({ input, ctx: ctx.call }),
  ),
  createUser: operationProcedure('createUser', operations.createUser).mutation(({ ctx, input }) =>
    ctx.handler.createUser({ input, ctx: ctx.call }),
  ),
  getUser: operationProcedure('getUser', operations.getUser).query(({ ctx, input }) =>
    ctx.handler.getUser({ input, ctx: ctx.call }),
  ),
  updateUser: operationProcedure('updateUser', operations.updateUser).mutation(({ ctx, input }) =>
    ctx.handler.updateUser({ input, ctx: ctx.call }),
  ),
  deleteUser: operationProcedure('deleteUser', operations.deleteUser).mutation(({ ctx, input }) =>
    ctx.handler.deleteUser({ input, ctx: ctx.call }),
  ),
  listResources: operationProcedure('listResources', operations.listResources).query(({ ctx, input }) =>
    ctx.handler.listResources({ input, ctx: ctx.call }),
  ),
  getSettings: operationProcedure('getSettings', operations.getSettings).query(({ ctx, input }) =>
    ctx.handler.getSettings({ input, ctx: ctx.call }),
  ),
  updateSettings: operationProcedure('updateSettings', operations.updateSettings).mutation(({ ctx, input }) =>
    ctx.handler.updateSettings({ input, ctx: ctx.call }),
  ),
  getBillingUsage: operationProcedure('getBillingUsage', operations.getBillingUsage).query(({ ctx, input }) =>
    ctx.handler.getBillingUsage({ input, ctx: ctx.call }),
  ),
  getBillingDetail: operationProcedure('getBillingDetail', operations.getBillingDetail).query(({ ctx, input }) =>
    ctx.handler.getBillingDetail({ input, ctx: ctx.call }),
  ),
})

/** Type of {@link standardRouter}, all a typed client needs. */
export type StandardRouter = typeof standardRouter

import type { StandardHandler } from '@mt-paas/server'

const unused = () => Promise.reject(new Error('This service has no such thing'))

/** What a service has to write itself beside the ready-made procedures; here none of it is called. */
export const ownProcedures = {
  getTenantStats: unused,
  getTenantCosts: unused,
  listUsers: unused,
  createUser: unused,
  getUser: unused,
  updateUser: unused,
  deleteUser: unused,
} satisfies Partial<StandardHandler>

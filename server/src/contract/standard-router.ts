/** The router's type and nothing of it at run time, so that a typed client needs the contract only. */
export type { StandardRouter } from '../router/standard-router.ts'

import type { Environment } from '@mt-paas/core'

const NAMES = [
  'MT_DB_POOL_SIZE',
  'MT_DB_CONNECTION_BUDGET',
  'MT_JWT_SECRET',
  'MT_REDIS_URL',
  'MT_REDIS_HOST',
  'MT_REDIS_PORT',
  'MT_REDIS_PASSWORD',
  'MT_RETENTION_DAYS',
  'MT_TENANT_CACHE_SECONDS',
] as const

/** The variables that several services in one process share; database, port and key are told to each. */
export function serviceVariables(env: Environment): Environment {
  return Object.fromEntries(NAMES.map((name) => [name, env[name]]))
}

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

const MARKET_NAMES = [
  'MT_WEBHOOK_SECRET',
  'MT_WEBHOOK_REQUIRE_SIGNATURE',
  'MT_CALLBACK_ORIGINS',
  'MT_CALLBACK_ALLOW_PRIVATE',
  'MT_CALLBACK_KEY',
  'MT_CALLBACK_SECRET',
] as const

/** The variables that say how webhooks of the market are verified and where callbacks go. */
export function marketVariables(env: Environment): Environment {
  return Object.fromEntries(MARKET_NAMES.map((name) => [name, env[name]]))
}

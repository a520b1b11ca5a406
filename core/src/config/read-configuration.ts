import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts'
import { Secret } from './secret.ts'
import { type Variables, variables } from './variables.ts'

/** Where variables are looked up. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says, checked, with every default filled in. Secrets are in {@link Secret}s, so it can be logged. */
export interface Configuration {
  /** Connection string of the central database; undefined uses the embedded PostgreSQL. */
  readonly centralUrl: Secret | undefined
  /** What the names of new tenants' databases begin with; undefined leaves the default. */
  readonly databasePrefix: string | undefined
  /** Folder of the embedded PostgreSQL. */
  readonly dataDir: string
  /** Undefined when no Redis is configured. */
  readonly redisUrl: Secret | undefined
  readonly apiPort: number
  readonly marketApiKeys: readonly Secret[]
  readonly jwtSecret: Secret | undefined
  readonly limits: ConfiguredLimits
}

/** Limits of a service. */
export interface ConfiguredLimits {
  /** Most connections to one tenant's database; undefined leaves the default. */
  readonly poolSize: number | undefined
  /** Most connections to a server's tenant databases together; undefined leaves the default. */
  readonly connectionBudget: number | undefined
  /** Days for which a deactivated tenant's data is kept. */
  readonly retentionDays: number
  /** Longest time, in ms, that a tenant is known without looking again. */
  readonly tenantCacheTime: number
}

const ADDRESS = ['MT_DB_HOST', 'MT_DB_PORT', 'MT_DB_USER', 'MT_DB_PASSWORD', 'MT_DB_NAME'] as const
const REDIS_ADDRESS = ['MT_REDIS_HOST', 'MT_REDIS_PORT', 'MT_REDIS_PASSWORD'] as const

/**
 * Reads the variables of a service. An empty variable is one that is not set.
 * @throws ConfigurationError with everything that is wrong
 */
export function readConfiguration(env: Environment): Configuration {
  const set = Object.fromEntries(
    Object.keys(variables.shape).flatMap((variable) => (env[variable] ? [[variable, env[variable]]] : [])),
  )
  const { data, error } = variables.safeParse(set)
  const wrong = (error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), message }))
  const problems = [
    ...wrong,
    ...conflicts(set, 'CENTRAL_DATABASE_URL', ADDRESS),
    ...conflicts(set, 'MT_REDIS_URL', REDIS_ADDRESS),
  ]
  if (!data || problems.length > 0) throw new ConfigurationError(problems)
  return configurationOf(data)
}

/** An address in one piece and in parts contradict each other, even where they agree today. */
function conflicts(set: object, url: string, parts: readonly [string, ...string[]]): ConfigurationProblem[] {
  const given = parts.filter((part) => part in set)
  const [host] = parts
  if (url in set) {
    return given.map((part) => ({ variable: part, message: `cannot be set together with ${url}; unset one of them` }))
  }
  if (given.length === 0 || given.includes(host)) return []
  return [{ variable: host, message: `must be set as well when ${given.join(', ')} is` }]
}

function configurationOf(data: Variables): Configuration {
  const centralUrl = data.CENTRAL_DATABASE_URL ?? databaseUrl(data)
  const redis = data.MT_REDIS_URL ?? redisUrl(data)
  return {
    centralUrl: centralUrl === undefined ? undefined : new Secret(centralUrl),
    databasePrefix: data.MT_DB_PREFIX,
    dataDir: data.MT_DATA_DIR ?? '.mt-paas',
    redisUrl: redis === undefined ? undefined : new Secret(redis),
    apiPort: data.MT_API_PORT ?? 11_000,
    marketApiKeys: (data.MARKET_API_KEY ?? []).map((key) => new Secret(key)),
    jwtSecret: data.MT_JWT_SECRET === undefined ? undefined : new Secret(data.MT_JWT_SECRET),
    limits: {
      poolSize: data.MT_DB_POOL_SIZE,
      connectionBudget: data.MT_DB_CONNECTION_BUDGET,
      retentionDays: data.MT_RETENTION_DAYS ?? 90,
      tenantCacheTime: (data.MT_TENANT_CACHE_SECONDS ?? 60) * 1_000,
    },
  }
}

function databaseUrl(data: Variables): string | undefined {
  const { MT_DB_HOST: host, MT_DB_PORT: port = 5_432, MT_DB_USER: user = 'postgres', MT_DB_PASSWORD: password } = data
  if (host === undefined) return undefined
  const credentials = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':')
  // The one part of a connection string in which escapes of a slash and its like are not undone.
  const database = encodeURI(data.MT_DB_NAME ?? 'mt_paas')
  // A folder stands in the query: there is no place for its slashes before the path.
  if (host.startsWith('/'))
    return `postgres://${credentials}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  return `postgres://${credentials}@${bracketed(host)}:${port}/${database}`
}

function redisUrl(data: Variables): string | undefined {
  const { MT_REDIS_HOST: host, MT_REDIS_PORT: port = 6_379, MT_REDIS_PASSWORD: password } = data
  if (host === undefined) return undefined
  const credentials = password === undefined ? '' : `:${encodeURIComponent(password)}@`
  return `redis://${credentials}${bracketed(host)}:${port}`
}

/** Addresses of IPv6 need brackets in front of a port. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

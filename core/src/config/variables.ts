import { z } from 'zod'
import { isDatabasePrefix } from '../tenant/tenant-id.ts'

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
}

function urlOf(protocols: readonly string[], message: string) {
  return z.string().refine((text) => isUrlOf(protocols, text), { message, abort: true })
}

function isUrlOf(protocols: readonly string[], text: string): boolean {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '' && hasPlainEscapes(text)
}

/** Whether every percent sign begins an escape; one in a password is the usual slip. */
function hasPlainEscapes(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text)
}

const POSTGRES = ['postgres:', 'postgresql:']

/** Whether a text is a connection string of PostgreSQL; the driver takes any other for the name of a host. */
export function isConnectionString(text: string): boolean {
  return isUrlOf(POSTGRES, text)
}

const databaseUrl = urlOf(
  POSTGRES,
  'must be a connection string such as postgres://user:password@host:5432/database, special characters as %XX',
).refine((text) => (URL.parse(text)?.pathname.length ?? 0) > 1, 'must name the central database, as in …/mt_paas')

const redisUrl = urlOf(
  ['redis:', 'rediss:'],
  'must be an address such as redis://:password@host:6379/0, special characters as %XX',
)

const hostName = z
  .string()
  .regex(/^(?:\/[^\0\s]+|[\w.:-]+)$/, 'must be a host name, an address, or the folder of a socket')

const name = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= 63 && !text.includes('\0'), 'must be a name of at most 63 bytes')

const databaseName = name.regex(/^[^?#]*$/, 'must not hold ? or #')

const apiKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.every((key) => /^[\x21-\x7e]+$/.test(key)),
    'must be API keys of visible ASCII, separated by commas',
  )

const jwtSecret = z.string().refine((text) => Buffer.byteLength(text) >= 32, 'must have at least 32 bytes')

/** Every variable that configures a service, with its rule; none is required. */
export const variables = z.object({
  CENTRAL_DATABASE_URL: databaseUrl.optional(),
  MT_DB_HOST: hostName.optional(),
  MT_DB_PORT: wholeNumber(1, 65_535).optional(),
  MT_DB_USER: name.optional(),
  MT_DB_PASSWORD: z.string().optional(),
  MT_DB_NAME: databaseName.optional(),
  MT_DB_PREFIX: z
    .string()
    .refine(
      isDatabasePrefix,
      'must be at most 15 small letters, digits and _, a letter first, _ last, and not begin with pg_ or mt_',
    )
    .optional(),
  MT_DB_POOL_SIZE: wholeNumber(1, 1_000).optional(),
  MT_DB_CONNECTION_BUDGET: wholeNumber(1, 100_000).optional(),
  MT_REDIS_URL: redisUrl.optional(),
  MT_REDIS_HOST: hostName.optional(),
  MT_REDIS_PORT: wholeNumber(1, 65_535).optional(),
  MT_REDIS_PASSWORD: z.string().optional(),
  MT_API_PORT: wholeNumber(0, 65_535).optional(),
  MARKET_API_KEY: apiKeys.optional(),
  MT_JWT_SECRET: jwtSecret.optional(),
  MT_DATA_DIR: z
    .string()
    .regex(/^[^\0]*$/, 'must be a folder')
    .optional(),
  MT_RETENTION_DAYS: wholeNumber(0, 36_500).optional(),
  MT_TENANT_CACHE_SECONDS: wholeNumber(1, 86_400).optional(),
})

/** Values of {@link variables} that fit their rules. */
export type Variables = z.output<typeof variables>

import { InvalidTenantIdError } from '../error/tenant-errors.ts'

/** Which ids can name a tenant's database and subdomain. Every id is ASCII, so characters are bytes. */
export const tenantIdRule = Object.freeze({
  /** Small letters, digits, `-` and `_`; a letter or digit at both ends. */
  pattern: /^[a-z0-9](?:[a-z0-9_-]{0,46}[a-z0-9])?$/,
  /** In bytes; with the prefix of the database's name it stays below PostgreSQL's 63. */
  maxLength: 48,
  /** Ids that PostgreSQL or the host names of a service use already. */
  reserved: Object.freeze([
    'postgres',
    'template0',
    'template1',
    'www',
    'api',
    'admin',
    'mt',
    'health',
    'docs',
    'localhost',
  ] as const),
  /** PostgreSQL keeps names that begin like this to itself. */
  reservedPrefix: 'pg_',
})

const reserved: ReadonlySet<string> = new Set(tenantIdRule.reserved)

/** Whether {@link tenantIdRule} accepts the id. */
export function isTenantId(id: string): boolean {
  return tenantIdRule.pattern.test(id) && !reserved.has(id) && !id.startsWith(tenantIdRule.reservedPrefix)
}

/** What the names of tenants' databases begin with, unless a service says otherwise. */
export const DEFAULT_DATABASE_PREFIX = 'tenant_'

/** Small letters, digits and `_`, a letter first and `_` last, at most 15 bytes: with any id it stays within 63. */
const PREFIX_RULE = /^(?!pg_|mt_)[a-z][a-z0-9_]{0,13}_$/

/** Whether names of databases may begin like this; PostgreSQL and this package keep `pg_` and `mt_` to themselves. */
export function isDatabasePrefix(prefix: string): boolean {
  return PREFIX_RULE.test(prefix)
}

/**
 * Name of the database of a tenant; distinct ids have distinct names.
 * @throws InvalidTenantIdError
 */
export function tenantDatabaseName(id: string, prefix: string = DEFAULT_DATABASE_PREFIX): string {
  if (!isTenantId(id)) throw new InvalidTenantIdError()
  return `${prefix}${id}`
}

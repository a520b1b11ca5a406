import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantId, tenantDatabaseName, tenantIdRule } from './tenant-id.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const INNER = `${LETTERS}0123456789_-`
const EDGE = `${LETTERS}0123456789`

/** The rule in other words, so that a slip in the pattern is seen. */
function fits(id: string): boolean {
  if (Buffer.byteLength(id) < 1 || Buffer.byteLength(id) > 48) return false
  for (const character of id) if (!INNER.includes(character)) return false
  if (!EDGE.includes(id.charAt(0)) || !EDGE.includes(id.charAt(id.length - 1))) return false
  return !id.startsWith('pg_') && !tenantIdRule.reserved.some((word) => word === id)
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...INNER, 'A', '.', ' ', '\n', '한', '\0', '"', "'", '/'), maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...INNER), maxLength: 50 }),
  fc.constantFrom(...tenantIdRule.reserved, 'pg_a', 'pg', 'a\n', '__proto__', 'constructor'),
)

/** A label in punycode is another text to some; they fit the rule, and no two of them are the same either. */
function host(id: string): string {
  return id.startsWith('xn--') ? id : domainToASCII(`${id}.mt.test`)
}

describe('a tenant id', () => {
  it('is accepted exactly when the rule says so, and shares neither database nor subdomain with another', () => {
    const [databases, hosts] = [new Map<string, string>(), new Map<string, string>()]
    const isAlone = (names: Map<string, string>, name: string, id: string) => {
      const holder = names.get(name) ?? id
      names.set(name, id)
      return holder === id
    }
    fc.assert(
      fc.property(anyText, (id) => {
        if (isTenantId(id) !== fits(id)) return false
        if (!isTenantId(id)) return true
        // As PostgreSQL cuts it, and as it is compared where case does not count; accepted ids are ASCII.
        const database = tenantDatabaseName(id).slice(0, 63).toLowerCase()
        return isAlone(databases, database, id) && isAlone(hosts, host(id), id)
      }),
      { numRuns: 1_000_000 },
    )
    expect(databases.size).toBeGreaterThan(100_000)
  })

  it('gives a database name of its own that PostgreSQL does not cut, and a host name of its own', () => {
    const id = fc.string({ unit: fc.constantFrom(...INNER), minLength: 1, maxLength: 48 }).filter(isTenantId)
    fc.assert(
      fc.property(id, id, (one, other) => {
        const isSame = one === other
        const databases = [tenantDatabaseName(one), tenantDatabaseName(other)]
        return (
          databases.every((name) => Buffer.byteLength(name) <= 63) &&
          (databases[0] === databases[1]) === isSame &&
          (host(one) === host(other)) === isSame
        )
      }),
      { numRuns: 50_000 },
    )
  })

  it('outside the rule is 422 INVALID_TENANT_ID', () => {
    for (const id of ['', '한림대', 'Hallym', 'a b', 'a\n', '-a', 'a_', 'x'.repeat(49), 'postgres', 'pg_a', 'www']) {
      expect(() => tenantDatabaseName(id)).toThrow(expect.objectContaining({ error: 'INVALID_TENANT_ID', status: 422 }))
    }
    expect(tenantDatabaseName('hallym_univ')).toBe('tenant_hallym_univ')
    expect(tenantDatabaseName('x'.repeat(48))).toHaveLength(55)
  })
})

import type { EntityManager } from '@mikro-orm/postgresql'
import { type SchemaFingerprint, schemaDifference, schemaFingerprint } from './schema-fingerprint.ts'

/** A tenant whose schema is not what the migrations make. */
export interface DriftedTenant {
  readonly tenantId: string
  /** Descriptions of what the schema lacks. */
  readonly missing: readonly string[]
  /** Descriptions of what it has beside what it should. */
  readonly extra: readonly string[]
}

/** How the schemas of a fleet differ from what the migrations make. */
export interface DriftReport {
  /** Version of the schema that was compared with. */
  readonly version: string
  /** Tenants that were compared: the active ones of this version. */
  readonly compared: number
  readonly drifted: readonly DriftedTenant[]
  /** Tenants whose databases could not be read. */
  readonly unreadable: readonly { readonly tenantId: string; readonly error: string }[]
}

/** How {@link driftReport} reads the databases. */
export interface DriftOptions {
  readonly central: () => EntityManager
  readonly version: string
  /** Runs work on a database that the migrations alone have made. */
  readonly fresh: (work: (em: EntityManager) => Promise<SchemaFingerprint>) => Promise<SchemaFingerprint>
  /** Runs work on a tenant's database. */
  readonly open: (
    tenant: ComparedTenant,
    work: (em: EntityManager) => Promise<SchemaFingerprint>,
  ) => Promise<SchemaFingerprint>
  readonly concurrency: number
}

/** A tenant whose schema is compared. */
export interface ComparedTenant {
  readonly tenantId: string
  readonly databaseName: string
}

/** Compares the schema of every active tenant that is up to date with that of a database made anew. */
export async function driftReport({ central, version, fresh, open, concurrency }: DriftOptions): Promise<DriftReport> {
  const expected = await fresh(schemaFingerprint)
  const tenants = await central().execute<ComparedTenant[]>(
    `select d.tenant_id as "tenantId", d.name as "databaseName"
      from tenant_databases d join tenants t on t.id = d.tenant_id
      where t.status = 'active' and d.schema_version = ? order by d.name`,
    [version],
  )
  const drifted: DriftedTenant[] = []
  const unreadable: { tenantId: string; error: string }[] = []
  const waiting = tenants.values()
  const work = async () => {
    for (const tenant of waiting) {
      const { tenantId } = tenant
      try {
        const found = await open(tenant, schemaFingerprint)
        if (found.digest !== expected.digest) drifted.push({ tenantId, ...schemaDifference(expected, found) })
      } catch (error) {
        unreadable.push({ tenantId, error: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, tenants.length) }, work))
  const byId = (one: { tenantId: string }, other: { tenantId: string }) => (one.tenantId < other.tenantId ? -1 : 1)
  return { version, compared: tenants.length, drifted: drifted.sort(byId), unreadable: unreadable.sort(byId) }
}

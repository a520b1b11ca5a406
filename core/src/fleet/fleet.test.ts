import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseManager } from '../database/database-manager.ts'
import { openDatabaseManager } from '../database/open-database-manager.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { Fleet } from './fleet.ts'
import type { FleetProgress } from './fleet-progress.ts'
import type { FleetMigrationReport } from './migrate-fleet.ts'
import { migrations, note } from './note-fleet.test.support.ts'

const TENANTS = Number(process.env.MT_FLEET_TENANTS ?? 40)
/** Of tests that make many databases, on a busy machine; in ms. */
const LONG = 20_000 + TENANTS * 1_000
const opened: DatabaseManager[] = []
let server: TemporaryServer
let fleets = 0

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

afterAll(() => server?.stop())

function urlOf(database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

async function open(url: string, count: number) {
  const tenantMigrations = migrations(count)
  const databases = await openDatabaseManager({
    centralUrl: url,
    tenantEntities: [note],
    tenantMigrations,
    warmDatabases: 0,
  })
  opened.push(databases)
  return { databases, fleet: new Fleet({ databases, url }) }
}

/** A central database of its own with tenants at the first migration. */
async function fleetOf(count: number, schema = 1) {
  fleets += 1
  const url = urlOf(`central_${fleets}`)
  const { databases } = await open(url, schema)
  const ids = Array.from({ length: count }, (_, index) => `f${fleets}_${String(index).padStart(3, '0')}`)
  const waiting = ids.values()
  const work = async () => {
    for (const id of waiting) {
      await databases.central().execute(
        `insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at,
            updated_at)
          values (?, '', 'basic', '[]', 'active', '', '', '{}', 'tenant_' || ?, now(), now())`,
        [id, id],
      )
      const name = { tenantId: id, databaseName: `tenant_${id}` }
      await databases.locked(`tenant:${id}`, (session) => databases.provision(session, name))
    }
  }
  await Promise.all([work(), work()])
  return { url, ids, databases, nameOf: (id: string) => ({ tenantId: id, databaseName: `tenant_${id}` }) }
}

async function query<TRow extends object>(url: string, sql: string): Promise<TRow[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Makes the third migration fail for a tenant. */
async function spoil(id: string): Promise<void> {
  await query(urlOf(`tenant_${id}`), `insert into notes values ('1', 'same'), ('2', 'same')`)
}

const executed = (id: string) => query(urlOf(`tenant_${id}`), 'select name from mikro_orm_migrations order by id')

describe('a migration of the fleet', () => {
  it(`brings ${TENANTS} tenants to the newest schema, and one that fails keeps only itself back`, {
    timeout: LONG,
  }, async () => {
    const { url, ids, databases, nameOf } = await fleetOf(TENANTS)
    await spoil(String(ids[9]))
    await query(url, `update tenants set status = 'suspended' where id = '${ids[8]}'`)
    const { fleet, databases: newer } = await open(url, 3)

    const plan = await fleet.plan()
    expect(plan.tenants.map(({ tenantId }) => tenantId)).toEqual(ids.filter((id) => id !== ids[8]))
    expect(plan.tenants[0]?.migrations).toEqual(['add-tags', 'unique-texts'])
    expect(await executed(String(ids[0]))).toEqual([{ name: 'create-notes' }])

    const seen: FleetProgress[] = []
    const report = await fleet.migrate({ onProgress: (progress) => seen.push(progress) })
    expect(report).toMatchObject({ total: TENANTS - 1, migrated: TENANTS - 2, busy: [], untried: 0, stopped: null })
    expect(report.failed).toEqual([{ tenantId: ids[9], error: expect.stringContaining('notes_text') }])
    expect(seen).toHaveLength(TENANTS - 1)
    expect(seen.map(({ canary }) => canary).indexOf(false)).toBe(3)
    expect(seen.at(-1)).toMatchObject({ total: TENANTS - 1, migrated: TENANTS - 2, failed: 1, remaining: 0 })

    // Each migration of a tenant is a transaction of its own.
    expect(await executed(String(ids[9]))).toEqual([{ name: 'create-notes' }, { name: 'add-tags' }])
    expect(await executed(String(ids[8]))).toEqual([{ name: 'create-notes' }])
    const [row] = await query(
      url,
      `select migration_status, migration_attempts, migration_error from tenant_databases where tenant_id = '${ids[9]}'`,
    )
    expect(row).toMatchObject({ migration_status: 'failed', migration_attempts: 1 })
    // What the migration made is the tenant's own.
    await newer.withTenant(nameOf(String(ids[0])), (em) => em.execute(`insert into tags (name) values ('새')`))

    await query(urlOf(`tenant_${ids[9]}`), `delete from notes where id = '2'`)
    expect(await fleet.migrate()).toMatchObject({ total: 1, migrated: 1, failed: [] })
    expect(databases.schemaVersion).not.toBe(newer.schemaVersion)
  })

  it('begins no other tenant when one of the first fails', async () => {
    const { url, ids } = await fleetOf(4)
    await spoil(String(ids[1]))
    const { fleet } = await open(url, 3)
    const report = await fleet.migrate({ canary: 2 })
    expect(report).toMatchObject({ stopped: 'canary', migrated: 1, untried: 2, failed: [{ tenantId: ids[1] }] })
    // The one that is known to fail goes last from now on.
    expect(await fleet.migrate({ canary: 2 })).toMatchObject({ total: 3, migrated: 2, stopped: null })
  })

  it('stops when too many fail, or when it is told to', async () => {
    const { url, ids } = await fleetOf(6)
    for (const id of ids.slice(2, 5)) await spoil(id)
    const { fleet } = await open(url, 3)
    const aborted = AbortSignal.abort()
    expect(await fleet.migrate({ signal: aborted })).toMatchObject({ stopped: 'aborted', untried: 6 })
    const report = await fleet.migrate({ canary: 1, concurrency: 1, minSample: 4, maxFailureRate: 0.4 })
    expect(report).toMatchObject({ stopped: 'failure-rate', migrated: 2, untried: 2 })
    expect(report.failed).toHaveLength(2)
  })

  it('is one query over an index when all are up to date', async () => {
    const { url } = await fleetOf(1)
    const { fleet, databases } = await open(url, 1)
    const version = databases.schemaVersion
    await query(
      url,
      `with made as (
        insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at,
            updated_at)
          select 'n' || n, '', 'basic', '[]', 'active', '', '', '{}', 'tenant_n' || n, now(), now()
          from generate_series(1, 10000) as n returning id)
      insert into tenant_databases (name, tenant_id, server_id, state, identity, schema_version)
        select 'tenant_' || id, id, 'central', 'ready', gen_random_uuid(), '${version}' from made`,
    )
    await query(url, 'analyze')
    const asked: string[] = []
    const central = databases.central.bind(databases)
    databases.central = () => {
      const em = central()
      const execute = em.execute.bind(em)
      em.execute = ((sql: string, ...rest: []) => {
        asked.push(sql)
        return execute(sql, ...rest)
      }) as typeof em.execute
      return em
    }
    expect(await fleet.migrate()).toMatchObject({ total: 0, migrated: 0, stopped: null })
    expect(asked).toHaveLength(1)
    const plan = await query<{ 'QUERY PLAN': string }>(
      url,
      `explain ${String(asked[0]).replaceAll('?', `'${version}'`)}`,
    )
    const steps = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(steps).toContain('tenant_databases_schema')
    expect(steps).not.toContain('Seq Scan')
  })

  it('leaves a tenant alone while something else works on it, and shares the work with other processes', async () => {
    const { url, ids, databases } = await fleetOf(5)
    const { fleet } = await open(url, 3)
    const { fleet: other } = await open(url, 3)
    const release = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const holding = databases.locked(`tenant:${ids[4]}`, async () => {
      held.resolve()
      await release.promise
    })
    await held.promise
    const reports = await Promise.all([fleet.migrate({ patience: 0 }), other.migrate({ patience: 0 })])
    expect(reports.map(({ busy }) => busy.includes(String(ids[4])))).toContain(true)
    expect(reports.reduce((sum, { migrated }) => sum + migrated, 0)).toBe(4)
    release.resolve()
    await holding
    expect(await fleet.migrate()).toMatchObject({ total: 1, migrated: 1 })
    for (const id of ids) expect(await executed(id)).toHaveLength(3)
  })

  it('leaves a tenant as it is that a newer version or another service has migrated', async () => {
    const { url, ids } = await fleetOf(2, 3)
    const { fleet } = await open(url, 2)
    const report = await fleet.migrate()
    expect(report).toMatchObject({ total: 2, migrated: 0 })
    expect(report.failed.map(({ error }) => error)).toEqual(
      Array(2).fill('The database has migrations that this service does not know: unique-texts'),
    )
    const { fleet: newer } = await open(url, 3)
    expect(await newer.migrate()).toMatchObject({ total: 0 })
    expect(await executed(String(ids[0]))).toHaveLength(3)
  })

  it('waits for a lock for a short time and tries again', async () => {
    const { url, ids } = await fleetOf(1)
    const { fleet } = await open(url, 3)
    const blocking = new Client(urlOf(`tenant_${ids[0]}`))
    await blocking.connect()
    await blocking.query('begin; lock table notes')
    const run = fleet.migrate({ tries: 10 })
    const waiting = `select 1 from pg_stat_activity where datname = 'tenant_${ids[0]}' and wait_event_type = 'Lock'`
    while ((await query(url, waiting)).length === 0);
    while ((await query(url, waiting)).length > 0);
    await blocking.query('commit')
    await blocking.end()
    expect(await run).toMatchObject({ migrated: 1, failed: [] })
  })

  it('that is killed is gone on with, and no tenant is left between', { timeout: LONG }, async () => {
    const { url, ids } = await fleetOf(9)
    const killed = migrateElsewhere(url)
    let migrated = 0
    for await (const chunk of killed.stdout) {
      migrated += String(chunk).split('\n').length - 1
      if (migrated >= 4) break
    }
    killed.kill('SIGKILL')
    if (killed.exitCode === null && killed.signalCode === null) await once(killed, 'exit')
    const last = (await text(migrateElsewhere(url).stdout)).split('\n').at(-1) ?? ''
    const report: FleetMigrationReport = JSON.parse(last)
    expect(report).toMatchObject({ failed: [], busy: [], untried: 0, stopped: null })
    expect(report.total).toBeLessThanOrEqual(9 - migrated)
    for (const id of ids) expect(await executed(id)).toHaveLength(3)
  })
})

function migrateElsewhere(url: string) {
  const script = fileURLToPath(new URL('killed-fleet.test.support.ts', import.meta.url))
  return spawn(process.execPath, ['--conditions=mt-paas-source', script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
}

describe('drift', () => {
  it('is every difference from what the migrations make', async () => {
    const { url, ids } = await fleetOf(4, 3)
    const { fleet } = await open(url, 3)
    expect(await fleet.drift()).toMatchObject({ compared: 4, drifted: [], unreadable: [] })
    await query(urlOf(`tenant_${ids[1]}`), 'alter table notes add column secret text; drop index tags_name')
    await query(urlOf(`tenant_${ids[2]}`), 'alter table notes alter column text drop not null')
    await query(url, `alter database tenant_${ids[3]} with allow_connections false`)
    await query(url, `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'tenant_${ids[3]}'`)
    const { drifted, unreadable } = await fleet.drift()
    expect(drifted).toEqual([
      {
        tenantId: ids[1],
        missing: ['CREATE INDEX tags_name ON public.tags USING btree (name)'],
        extra: ['column public.notes.secret text'],
      },
      {
        tenantId: ids[2],
        missing: ['column public.notes.text text not null'],
        extra: ['column public.notes.text text'],
      },
    ])
    expect(unreadable).toMatchObject([{ tenantId: ids[3] }])
    expect(await query(url, `select datname from pg_database where datname like 'mt\\_fresh%'`)).toEqual([])
  })
})

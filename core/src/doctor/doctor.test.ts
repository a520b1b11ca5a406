import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseManager } from '../database/database-manager.ts'
import { openDatabaseManager } from '../database/open-database-manager.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { Doctor } from './doctor.ts'

let server: TemporaryServer
let url: string
let databases: DatabaseManager
let doctor: Doctor
let count = 0

beforeAll(async () => {
  server = await startTemporaryServer()
})

beforeEach(async () => {
  count += 1
  url = urlOf(`central_${count}`)
  databases = await open(url)
  doctor = new Doctor(databases)
})

afterEach(() => databases.close())

afterAll(() => server?.stop())

function urlOf(database: string): string {
  const made = new URL(server.url)
  made.pathname = `/${database}`
  return made.href
}

function open(centralUrl: string, warmDatabases = 0): Promise<DatabaseManager> {
  return openDatabaseManager({ centralUrl, tenantEntities: [note], tenantMigrations: migrations(1), warmDatabases })
}

async function query<TRow extends object>(sql: string, on = url): Promise<TRow[]> {
  const client = new Client(on)
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Makes a tenant with its database, in a state. */
async function tenant(id: string, { status = 'active', manager = databases } = {}): Promise<void> {
  await manager.central().execute(
    `insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at,
        updated_at)
      values (?, '', 'basic', '[]', ?, '', '', '{}', 'tenant_' || ?, now(), now())`,
    [id, status, id],
  )
  const name = { tenantId: id, databaseName: `tenant_${id}` }
  await manager.locked(`tenant:${id}`, (session) => manager.provision(session, name))
}

const kinds = async () => (await doctor.examine()).map(({ kind, name }) => [kind, name])
const exists = async (name: string) => (await query(`select 1 from pg_database where datname = '${name}'`)).length > 0

async function fixAll() {
  return (await doctor.fix(await doctor.examine())).map(({ kind, fixed, error }) => [kind, fixed, error])
}

describe('the doctor', () => {
  it('finds nothing where nothing is wrong', async () => {
    await tenant(`sound_${count}`)
    await tenant(`sleeping_${count}`, { status: 'suspended' })
    await databases.suspend({ tenantId: `sleeping_${count}`, databaseName: `tenant_sleeping_${count}` })
    const warm = await open(url, 1)
    await warm.refillWarmPool()
    await warm.close()
    expect(await doctor.examine()).toEqual([])
  })

  it('removes a database that no row knows, and its role', async () => {
    const id = `orphan_${count}`
    await tenant(id)
    await query(`delete from tenant_databases where tenant_id = '${id}'; delete from tenants where id = '${id}'`)
    expect(await doctor.examine()).toEqual([
      { kind: 'database-without-row', serverId: 'central', name: `tenant_${id}`, tenantId: id, detail: null },
    ])
    expect(await exists(`tenant_${id}`)).toBe(true)
    expect(await fixAll()).toEqual([['database-without-row', true, null]])
    expect(await doctor.examine()).toEqual([])
    expect(await exists(`tenant_${id}`)).toBe(false)
    expect(await query(`select 1 from pg_roles where rolname = 'tenant_${id}'`)).toEqual([])
  })

  it('leaves alone what belongs to another central database or to someone else', async () => {
    const other = await open(urlOf(`other_${count}`))
    await tenant(`theirs_${count}`, { manager: other })
    await other.close()
    await query(`create database tenant_somebody_${count}`)
    await query(`create database mt_fresh_${count}`)
    await query(`create database tenant_like_ours_${count}`)
    await query(`comment on database tenant_like_ours_${count} is 'mt-paas tenant like_ours_${count}'`)
    await query(`create role tenant_role_of_somebody_${count} login`)
    expect(await doctor.examine()).toEqual([])
    const forged = { serverId: 'central', tenantId: null, detail: null }
    const treated = await doctor.fix([
      { ...forged, kind: 'database-without-row', name: `tenant_theirs_${count}` },
      { ...forged, kind: 'database-without-row', name: `tenant_somebody_${count}` },
      { ...forged, kind: 'database-without-row', name: `tenant_like_ours_${count}` },
      { ...forged, kind: 'invalid-database', name: 'postgres' },
      { ...forged, kind: 'public-connect', name: `tenant_somebody_${count}` },
      { ...forged, kind: 'role-without-tenant', name: `tenant_role_of_somebody_${count}` },
    ])
    expect(treated.filter(({ fixed }) => fixed).map(({ kind }) => kind)).toEqual(['role-without-tenant'])
    expect(treated[0]?.error).toContain('was not made for')
    for (const name of ['theirs', 'somebody', 'like_ours']) expect(await exists(`tenant_${name}_${count}`)).toBe(true)
    expect(await query(`select 1 from pg_roles where rolname = 'tenant_role_of_somebody_${count}'`)).toHaveLength(1)
  })

  it('does not remove a database whose identity row names another', async () => {
    const id = `stamped_${count}`
    await tenant(id)
    await query(`update mt_identity set central_id = gen_random_uuid()`, urlOf(`tenant_${id}`))
    await query(`delete from tenant_databases where tenant_id = '${id}'; delete from tenants where id = '${id}'`)
    expect(await fixAll()).toEqual([['database-without-row', false, expect.stringContaining('was not made for')]])
    expect(await exists(`tenant_${id}`)).toBe(true)
    await query(`drop database tenant_${id}`)
    expect(await fixAll()).toEqual([['role-without-tenant', true, null]])
  })

  it('reports a tenant without its database and makes no empty one', async () => {
    const id = `lost_${count}`
    await tenant(id)
    await databases.release(`tenant_${id}`)
    await query(`drop database tenant_${id} with (force)`)
    expect(await kinds()).toEqual([['row-without-database', `tenant_${id}`]])
    expect(await fixAll()).toEqual([['row-without-database', false, null]])
    expect(await exists(`tenant_${id}`)).toBe(false)
    await query(`drop role tenant_${id}`)
  })

  it('removes a database whose removal was cut off', async () => {
    const id = `invalid_${count}`
    await tenant(id)
    await query(`update pg_database set datconnlimit = -2 where datname = 'tenant_${id}'`)
    await query(`delete from tenant_databases where tenant_id = '${id}'; delete from tenants where id = '${id}'`)
    expect(await kinds()).toEqual([['invalid-database', `tenant_${id}`]])
    expect(await fixAll()).toEqual([['invalid-database', true, null]])
    expect(await exists(`tenant_${id}`)).toBe(false)
    expect(await fixAll()).toEqual([['role-without-tenant', true, null]])
    expect(await doctor.examine()).toEqual([])
  })

  it('revokes the right to connect that everyone has', async () => {
    const id = `public_${count}`
    await tenant(id)
    await query(`grant connect on database tenant_${id} to public`)
    expect(await kinds()).toEqual([['public-connect', `tenant_${id}`]])
    expect(await fixAll()).toEqual([['public-connect', true, null]])
    expect(await doctor.examine()).toEqual([])
  })

  it('closes what is suspended, opens what is active, and registers what was forgotten', async () => {
    await tenant(`a_${count}`, { status: 'suspended' })
    await tenant(`b_${count}`)
    await tenant(`c_${count}`)
    await query(`alter database tenant_b_${count} with allow_connections false`)
    await query(`delete from tenant_databases where tenant_id = 'c_${count}'`)
    await query(`insert into notes values ('1', 'kept')`, urlOf(`tenant_c_${count}`))
    expect(await kinds()).toEqual([
      ['suspended-open', `tenant_a_${count}`],
      ['active-closed', `tenant_b_${count}`],
      ['unregistered-database', `tenant_c_${count}`],
    ])
    expect((await fixAll()).map(([, fixed]) => fixed)).toEqual([true, true, true])
    expect(await doctor.examine()).toEqual([])
    const name = { tenantId: `c_${count}`, databaseName: `tenant_c_${count}` }
    expect(await databases.withTenant(name, (em) => em.count(note))).toBe(1)
  })

  it('says of a tenant on which work was given up why, and fixes nothing that something else works on', async () => {
    const id = `stuck_${count}`
    await tenant(id)
    await query(
      `update tenants set needs_attention = true, last_error = 'no space left' where id = '${id}';
        update tenant_databases set migration_status = 'failed', migration_error = 'no such column' where tenant_id = '${id}'`,
    )
    expect((await doctor.examine()).map(({ kind, detail }) => [kind, detail])).toEqual([
      ['needs-attention', 'no space left'],
      ['migration-failed', 'no such column'],
    ])
    await query(`grant connect on database tenant_${id} to public`)
    const held = await databases.locked(`tenant:${id}`, fixAll)
    expect(held.at(-1)).toEqual(['public-connect', false, expect.stringContaining('still running')])
    expect((await fixAll()).at(-1)).toEqual(['public-connect', true, null])
  })
})

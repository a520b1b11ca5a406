import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { DatabaseManager } from './database-manager.ts'
import { nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.server.stop())

async function warmNames(): Promise<string[]> {
  const rows = await bed.query<{ name: string }>(
    `select datname as name from pg_database where datname like 'mt\\_warm\\_%' order by 1`,
  )
  return rows.map(({ name }) => name)
}

function claim(databases: DatabaseManager, id: string): Promise<boolean> {
  return databases.central().transactional((em) => databases.claimWarm(em, nameOf(id)))
}

function states(): Promise<{ name: string; state: string; tenant_id: string | null }[]> {
  return bed.query('select name, state, tenant_id from tenant_databases order by name', { database: 'central' })
}

async function refilled(databases: DatabaseManager, size: number): Promise<void> {
  for (let tries = 0; (await warmNames()).length !== size; tries += 1) {
    if (tries === 200) throw new Error(`The pool has ${(await warmNames()).length} databases instead of ${size}`)
    await sleep(25)
  }
  await databases.refillWarmPool()
}

it('keeps as many databases ready as told, once, however many processes fill it, closed to everyone', async () => {
  const several = await Promise.all([bed.open(), bed.open(), bed.open()])
  await Promise.all(several.flatMap((databases) => [databases.refillWarmPool(), databases.refillWarmPool()]))
  expect(await warmNames()).toHaveLength(2)
  const open = await bed.query(`select datname from pg_database where datname like 'mt\\_%' and datallowconn`)
  expect(open).toEqual([])
})

it('gives a database to a tenant in the transaction of the caller, and fills up without being waited for', async () => {
  const databases = await bed.open()
  await databases.refillWarmPool()
  const before = await warmNames()
  expect(await claim(databases, 'claimed')).toBe(true)
  await databases.withTenant(nameOf('claimed'), async (em) => {
    em.create(note, { id: '1', text: 'here' })
    await em.flush()
  })
  await refilled(databases, 2)
  expect((await warmNames()).filter((name) => before.includes(name))).toHaveLength(1)
  const identity = await bed.query('select tenant_id from mt_identity', { database: 'tenant_claimed' })
  expect(identity).toEqual([{ tenant_id: 'claimed' }])
  expect((await states()).find(({ name }) => name === 'tenant_claimed')?.state).toBe('ready')
  expect(await bed.query(`select rolname from pg_roles where rolname like 'tenant\\_claimed'`)).toHaveLength(1)
  // The steps that a tenant without warm database goes through find everything done.
  await bed.provision(databases, 'claimed')
  expect(await databases.withTenant(nameOf('claimed'), (em) => em.count(note))).toBe(1)
})

it('takes the database back when the transaction of the caller fails', async () => {
  const databases = await bed.open()
  await databases.refillWarmPool()
  const before = await states()
  const failing = databases.central().transactional(async (em) => {
    expect(await databases.claimWarm(em, nameOf('undone'))).toBe(true)
    throw new Error('undo')
  })
  await expect(failing).rejects.toThrow('undo')
  await databases.refillWarmPool()
  const after = await states()
  expect(after).toEqual(expect.arrayContaining(before))
  expect(after.some(({ tenant_id }) => tenant_id === 'undone')).toBe(false)
  expect(await bed.query(`select 1 from pg_database where datname = 'tenant_undone'`)).toEqual([])
})

it('gives one database to one tenant when many ask at once, and says so when there is none left', async () => {
  const databases = await bed.open({ warmDatabases: 3 })
  await databases.refillWarmPool()
  const ready = (await warmNames()).length
  const other = await bed.open({ warmDatabases: 0 })
  const results = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(other, `crowd-${index}`)))
  expect(results.filter(Boolean)).toHaveLength(ready)
  const claimed = await bed.query(`select 1 from pg_database where datname like 'tenant\\_crowd-%'`)
  expect(claimed).toHaveLength(ready)
})

it('gives nothing to a tenant whose name is taken, and the transaction goes on', async () => {
  const databases = await bed.open()
  await databases.refillWarmPool()
  await bed.query('create database tenant_taken')
  await databases.central().transactional(async (em) => {
    expect(await databases.claimWarm(em, nameOf('taken'))).toBe(false)
    expect(await em.execute('select 1 as one')).toEqual([{ one: 1 }])
  })
  expect(await warmNames()).toHaveLength(2)
})

it('repairs what a crash or somebody else left of it', async () => {
  const databases = await bed.open()
  await databases.refillWarmPool()
  const [gone, half] = await warmNames()
  await bed.query(`drop database ${gone}`)
  await bed.query(`update tenant_databases set state = 'making' where name = '${half}'`, { database: 'central' })
  await bed.query(
    `insert into tenant_databases (name, server_id, state, identity)
      values ('mt_warm_begun', 'central', 'making', gen_random_uuid())`,
    { database: 'central' },
  )
  expect(await claim(databases, 'unlucky')).toBe(false)
  await refilled(databases, 2)
  expect((await states()).filter(({ tenant_id }) => tenant_id === null).map(({ state }) => state)).toEqual([
    'warm',
    'warm',
  ])
  const rows = (await states()).map(({ name }) => name)
  const roles = await bed.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname like 'mt\\_warm\\_%' or rolname like 'tenant\\_%'`,
  )
  expect(roles.map(({ name }) => name).sort()).toEqual(rows.sort())
  expect(await claim(databases, 'lucky')).toBe(true)
})

it('survives a claim whose process is killed between claim and identity row', async () => {
  const databases = await bed.open()
  await databases.refillWarmPool()
  await databases.close()
  const other = await bed.open({ warmDatabases: 0 })
  const idle = await bed.open()
  // As a process leaves it that commits and dies before it fills up.
  await bed.query(
    `select claim_warm_database('orphan', 'tenant_orphan', '${idle.schemaVersion}', 'mt-paas tenant orphan')`,
    { database: 'central' },
  )
  expect(await other.withTenant(nameOf('orphan'), (em) => em.count(note))).toBe(0)
  await other.refillWarmPool()
  expect(await bed.query('select tenant_id from mt_identity', { database: 'tenant_orphan' })).toEqual([
    { tenant_id: 'orphan' },
  ])
})

it('works with shared roles', async () => {
  const databases = await bed.open({ centralUrl: bed.urlOf('shared'), roles: 'shared' })
  await databases.refillWarmPool()
  expect(await claim(databases, 'sharing')).toBe(true)
  const [row] = await databases.withTenant(nameOf('sharing'), (em) =>
    em.execute<{ user: string }[]>('select current_user as "user"'),
  )
  expect(row?.user).toMatch(/^mt_tenants_[0-9a-f]{8}$/)
  expect(await bed.query(`select 1 from pg_roles where rolname = 'tenant_sharing'`)).toEqual([])
})

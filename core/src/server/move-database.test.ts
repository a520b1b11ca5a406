import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseManager } from '../database/database-manager.ts'
import { CreateNotes, nameOf, note, startTestBed, type TestBed } from '../database/tenant-databases.test.support.ts'

let bed: TestBed
let second: TestBed

beforeAll(async () => {
  ;[bed, second] = await Promise.all([startTestBed(), startTestBed()])
})

afterEach(() => bed?.closeAll())

afterAll(async () => {
  await Promise.all([bed?.server.stop(), second?.server.stop()])
})

async function openBoth(): Promise<DatabaseManager> {
  const databases = await bed.open()
  await databases.servers.add({ id: 'second', url: second.server.url, capacity: 1_000 })
  return databases
}

function move(databases: DatabaseManager, id: string, server: string): Promise<string> {
  return databases.locked(`tenant:${id}`, () => databases.move(nameOf(id), server))
}

function databasesOn(server: TestBed): Promise<{ name: string }[]> {
  return server.query(`select datname as name from pg_database where datname like 'tenant\\_%' order by 1`)
}

describe('several servers', () => {
  it('share new tenants by load, and a closed one gets none', async () => {
    const databases = await openBoth()
    await bed.provision(databases, 'a', 'b')
    expect([(await databasesOn(bed)).length, (await databasesOn(second)).length]).toEqual([1, 1])
    await databases.servers.setState('second', 'closed')
    await bed.provision(databases, 'c', 'd')
    expect([(await databasesOn(bed)).length, (await databasesOn(second)).length]).toEqual([3, 1])
    await databases.servers.setState('central', 'closed')
    await expect(bed.provision(databases, 'e')).rejects.toMatchObject({ status: 503 })
    await databases.servers.setState('central', 'open')
    for (const id of ['a', 'b', 'c', 'd']) {
      expect(await databases.withTenant(nameOf(id), (em) => em.count(note))).toBe(0)
    }
    expect(databases.gauges.open).toBe(4)
  })

  it('have a budget each', async () => {
    const databases = await bed.open({ connections: { budget: 1, waitTimeout: 200 } })
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [first] = await databasesOn(bed)
    const [other] = await databasesOn(second)
    const idOf = (name = '') => name.slice('tenant_'.length)
    const work = databases.withTenant(nameOf(idOf(first?.name)), (em) =>
      em.transactional(async (inner) => {
        await inner.execute('select 1')
        begun.resolve()
        await end.promise
      }),
    )
    await begun.promise
    expect(await databases.withTenant(nameOf(idOf(other?.name)), (em) => em.count(note))).toBe(0)
    end.resolve()
    await work
  })
})

describe('moving a tenant', () => {
  it('takes rows, sequences and rights along, keeps the old copy closed until told, and goes back', async () => {
    const databases = await openBoth()
    await databases.servers.setState('second', 'closed')
    await bed.provision(databases, 'moving')
    const text = `"quoted", (한글) \\ and\nlines`
    await databases.withTenant(nameOf('moving'), async (em) => {
      await em.execute('insert into notes select i::text, ? from generate_series(1, 2500) i', [text])
      await em.execute(`insert into moods (mood) values ('good'), ('bad')`)
      await em.execute('insert into extra.things default values')
    })
    const elsewhere = await bed.open()
    expect(await elsewhere.withTenant(nameOf('moving'), (em) => em.count(note))).toBe(2_500)

    await move(databases, 'moving', 'second')
    expect(await databasesOn(second)).toContainEqual({ name: 'tenant_moving' })
    await databases.withTenant(nameOf('moving'), async (em) => {
      expect(await em.count(note, { text })).toBe(2_500)
      await em.execute(`insert into moods (mood) values ('good')`)
      expect(await em.execute('select id from moods order by id')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }])
      await em.execute('insert into extra.things default values')
      await expect(em.execute('create table added (id int)')).rejects.toThrow('permission denied')
      em.create(note, { id: 'new', text: 'after the move' })
      await em.flush()
    })
    // A process that had it open finds out by itself.
    let found = await elsewhere.withTenant(nameOf('moving'), (em) => em.count(note)).catch(() => undefined)
    found ??= await elsewhere.withTenant(nameOf('moving'), (em) => em.count(note))
    expect(found).toBe(2_501)

    await expect(move(databases, 'moving', 'central')).rejects.toThrow('was not made for this tenant')
    await expect(databases.removeMoved(nameOf('moving'), 'second')).rejects.toThrow('is on no other server')
    await databases.removeMoved(nameOf('moving'), 'central')
    expect(await bed.query(`select 1 from pg_roles where rolname = 'tenant_moving'`)).toEqual([])
    await move(databases, 'moving', 'central')
    expect(await databases.withTenant(nameOf('moving'), (em) => em.count(note))).toBe(2_501)
    await databases.removeMoved(nameOf('moving'), 'second')
  })

  it('leaves a copy that can be removed also when it was cut off at its very end', async () => {
    const databases = await openBoth()
    await databases.servers.setState('second', 'closed')
    await bed.provision(databases, 'late')
    await move(databases, 'late', 'second')
    await bed.query(`comment on database tenant_late is 'mt-paas tenant late'`)
    await bed.query('alter database tenant_late allow_connections true')
    await databases.removeMoved(nameOf('late'), 'central')
    expect(await bed.query(`select 1 from pg_database where datname = 'tenant_late'`)).toEqual([])
    expect(await databases.withTenant(nameOf('late'), (em) => em.count(note))).toBe(0)
    await expect(databases.removeMoved(nameOf('nobody'), 'central')).rejects.toThrow('is on no other server')
  })

  it('is refused when the copy would lack something, and nothing has changed', async () => {
    const databases = await openBoth()
    await databases.servers.setState('second', 'closed')
    await bed.provision(databases, 'grown')
    await bed.query('create table own_table (id int)', { database: 'tenant_grown' })
    await expect(move(databases, 'grown', 'second')).rejects.toThrow('is not that of the migrations')
    expect(await databases.withTenant(nameOf('grown'), (em) => em.count(note))).toBe(0)
    expect(await bed.query('select * from own_table', { database: 'tenant_grown' })).toEqual([])
  })

  it('goes on after it was cut off anywhere before its end', async () => {
    const databases = await openBoth()
    await databases.servers.setState('second', 'closed')
    await bed.provision(databases, 'cut')
    await databases.withTenant(nameOf('cut'), (em) => em.execute(`insert into notes values ('1', '1')`))
    const earlier = await bed.open({ tenantMigrations: [{ name: 'create-notes', class: CreateNotes }] })
    // As a killed process leaves it: half a copy there, and the fence here.
    await second.query('create database tenant_cut allow_connections false')
    await bed.query('revoke connect on database tenant_cut from tenant_cut')
    await expect(earlier.withTenant(nameOf('cut'), (em) => em.count(note))).rejects.toMatchObject({ status: 503 })
    await move(databases, 'cut', 'second')
    expect(await databases.withTenant(nameOf('cut'), (em) => em.count(note))).toBe(1)
    expect(await earlier.withTenant(nameOf('cut'), (em) => em.count(note))).toBe(1)
  })
})

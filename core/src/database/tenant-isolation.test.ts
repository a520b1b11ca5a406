import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { IsolationViolationError } from '../error/connection-errors.ts'
import type { DatabaseManager } from './database-manager.ts'
import { scramVerifier } from './scram-verifier.ts'
import { nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
  const databases = await bed.open()
  await bed.provision(databases, ...IDS)
  await bed.closeAll()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.server.stop())

async function passwordOf(id: string): Promise<string> {
  const sql = `select password from tenant_databases where tenant_id = '${id}'`
  const [row] = await bed.query<{ password: string }>(sql, { database: 'central' })
  return row?.password ?? ''
}

async function loginOf(id: string, database: string) {
  return { user: `tenant_${id}`, password: await passwordOf(id), database }
}

/** Gives two databases each other's name. */
async function swap(one: string, other: string): Promise<void> {
  await bed.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname in ('${one}', '${other}')`)
  await bed.query(`alter database ${one} rename to swapped`)
  await bed.query(`alter database ${other} rename to ${one}`)
  await bed.query(`alter database swapped rename to ${other}`)
}

async function outcomes(databases: DatabaseManager, id: string, times: number): Promise<ReadonlySet<string>> {
  const results = await Promise.allSettled(
    Array.from({ length: times }, () => databases.withTenant(nameOf(id), (em) => em.find(note, {}))),
  )
  return new Set(results.map((result) => (result.status === 'rejected' ? result.reason.error : 'answered')))
}

describe("a tenant's role", () => {
  it('reaches its own database and no other, for all pairs, nor the central one', async () => {
    for (const id of IDS) {
      for (const database of [...IDS.map((other) => `tenant_${other}`), 'central', 'postgres', 'template1']) {
        const reached = bed.query('select 1', await loginOf(id, database))
        if (database === `tenant_${id}`) expect(await reached).toHaveLength(1)
        else await expect(reached).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  it('is needed, because no database lets everyone in', async () => {
    const open = await bed.query(
      `select datname from pg_database where has_database_privilege('public', oid, 'CONNECT') and datallowconn`,
    )
    expect(open).toEqual([])
  })

  it('may log in and do nothing else on the server', async () => {
    const roles = await bed.query(
      `select distinct rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit
        from pg_roles where rolname like 'tenant\\_%'`,
    )
    expect(roles).toEqual([
      {
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
        rolbypassrls: false,
        rolconnlimit: 30,
      },
    ])
  })

  it('works with the rows of what the migrations made', async () => {
    const login = await loginOf('a', 'tenant_a')
    await bed.query(`insert into moods (mood) values ('good'); update moods set mood = 'bad'; delete from moods`, login)
    await bed.query(`insert into extra.things default values; truncate extra.things`, login)
    await bed.query(
      `select setval('extra.things_id_seq', 1); analyze notes; create temporary table mine (id int)`,
      login,
    )
    expect(await bed.query('select notes_count(), id from last_note', login)).toEqual([{ notes_count: '0', id: null }])
    expect(await bed.query('select name from mikro_orm_migrations', login)).toEqual([{ name: 'create-notes' }])
  })

  it.each([
    'alter table notes add column extra text',
    'drop table extra.things',
    'create table own (id int)',
    'create table extra.own (id int)',
    'create schema own',
    'create or replace view last_note as select max(id) as id from notes',
    'alter type mood rename to feeling',
    'drop function notes_count()',
    `create function own() returns int language sql as 'select 1'`,
    `create trigger own before insert on notes for each row execute function suppress_redundant_updates_trigger()`,
    'drop schema public cascade',
    `update mt_identity set tenant_id = 'b'`,
    'delete from mt_identity',
    'drop table mt_identity',
    'delete from mikro_orm_migrations',
  ])('changes neither the schema nor what is known of the database: %s', async (sql) => {
    await expect(bed.query(sql, await loginOf('a', 'tenant_a'))).rejects.toMatchObject({ code: '42501' })
  })

  it('finds nothing in a database that lets it in by mistake', async () => {
    await bed.query('grant connect on database tenant_b to tenant_a')
    for (const sql of [
      'select * from public.notes',
      'select * from public.mt_identity',
      'select * from extra.things',
    ]) {
      await expect(bed.query(sql, await loginOf('a', 'tenant_b'))).rejects.toMatchObject({ code: '42501' })
    }
    await bed.query('revoke connect on database tenant_b from tenant_a')
  })

  it('has a verifier that PostgreSQL takes, and another password is refused', async () => {
    await bed.query(`create role someone login password '${scramVerifier('the right one')}'`)
    await bed.query('create database someones')
    const login = { user: 'someone', database: 'someones' }
    expect(await bed.query('select 1', { ...login, password: 'the right one' })).toHaveLength(1)
    await expect(bed.query('select 1', { ...login, password: 'the wrong one' })).rejects.toMatchObject({
      code: '28P01',
    })
    await bed.query('drop database someones')
    await bed.query('drop role someone')
  })

  it('goes with the database', async () => {
    const databases = await bed.open()
    await bed.provision(databases, 'short')
    await databases.locked('tenant:short', (session) => databases.drop(session, nameOf('short')))
    expect(await bed.query(`select 1 from pg_roles where rolname = 'tenant_short'`)).toEqual([])
    expect(
      await bed.query(`select 1 from tenant_databases where name = 'tenant_short'`, { database: 'central' }),
    ).toEqual([])
  })

  it('of somebody else is left alone', async () => {
    await bed.query(`create role tenant_taken login`)
    const databases = await bed.open()
    await expect(bed.provision(databases, 'taken')).rejects.toThrow('was not made for')
    expect(await bed.query(`select 1 from pg_database where datname = 'tenant_taken'`)).toEqual([])
    await bed.query('drop role tenant_taken')
  })
})

describe('a connection that leads to another database', () => {
  it('is caught every time by the identity row, where tenants share a role', async () => {
    const databases = await bed.open({ roles: 'shared', connections: { perTenant: 2 } })
    await bed.provision(databases, 'x', 'y')
    for (const id of ['x', 'y']) {
      await databases.withTenant(nameOf(id), (em) => em.execute(`insert into notes values ('${id}', '${id}')`))
      await databases.release(`tenant_${id}`)
    }
    await swap('tenant_x', 'tenant_y')
    for (let round = 0; round < 5; round += 1) {
      expect(await outcomes(databases, 'x', 4)).toEqual(new Set(['ISOLATION_VIOLATION']))
      expect(await outcomes(databases, 'y', 4)).toEqual(new Set(['ISOLATION_VIOLATION']))
    }
    expect(databases.gauges.violations).toBeGreaterThanOrEqual(10)
    await swap('tenant_x', 'tenant_y')
    expect(await databases.withTenant(nameOf('x'), (em) => em.find(note, {}))).toMatchObject([{ id: 'x' }])
    expect(await databases.withTenant(nameOf('y'), (em) => em.find(note, {}))).toMatchObject([{ id: 'y' }])
  })

  it('is refused by the server already, where each tenant has a role, and caught where it lets all in', async () => {
    const databases = await bed.open()
    await swap('tenant_c', 'tenant_d')
    expect(await outcomes(databases, 'c', 4)).toEqual(new Set(['SERVICE_UNAVAILABLE']))
    await bed.query('grant connect on database tenant_c to tenant_c')
    expect(await outcomes(databases, 'c', 4)).toEqual(new Set(['ISOLATION_VIOLATION']))
    await bed.query('revoke connect on database tenant_c from tenant_c')
    await swap('tenant_c', 'tenant_d')
    expect(await outcomes(databases, 'c', 4)).toEqual(new Set(['answered']))
  })

  it('is caught when the identity row is missing, or is that of a copy', async () => {
    const databases = await bed.open()
    const login = { database: 'tenant_e' }
    for (const [spoil, repair] of [
      ['alter table mt_identity rename to hidden', 'alter table hidden rename to mt_identity'],
      [
        `update mt_identity set database_id = '00000000-0000-4000-8000-000000000000'`,
        `update mt_identity set database_id = (select identity from registered)`,
      ],
      [`update mt_identity set tenant_id = 'f'`, `update mt_identity set tenant_id = 'e'`],
    ] as const) {
      const [row] = await bed.query<{ identity: string }>(
        `select identity from tenant_databases where name = 'tenant_e'`,
        { database: 'central' },
      )
      await bed.query(spoil, login)
      await databases.release('tenant_e')
      expect(await outcomes(databases, 'e', 3)).toEqual(new Set(['ISOLATION_VIOLATION']))
      await bed.query(repair.replace('(select identity from registered)', `'${row?.identity}'`), login)
      expect(await outcomes(databases, 'e', 3)).toEqual(new Set(['answered']))
    }
  })

  it('is caught when the caller asks for the database of another tenant', async () => {
    const databases = await bed.open()
    const wrong = databases.withTenant({ tenantId: 'a', databaseName: 'tenant_b' }, (em) => em.find(note, {}))
    await expect(wrong).rejects.toThrow(IsolationViolationError)
    await expect(wrong).rejects.toMatchObject({ status: 500, message: 'Internal server error' })
    expect(databases.gauges.violations).toBe(1)
  })
})

it('all of it works for an administrator that is no superuser', async () => {
  await bed.query(`create role operator login createdb createrole password 'not a secret'`)
  const centralUrl = new URL(bed.urlOf('operated'))
  centralUrl.username = 'operator'
  centralUrl.password = 'not%20a%20secret'
  await bed.query('create database operated owner operator')
  const databases = await bed.open({ centralUrl: centralUrl.href })
  await bed.provision(databases, 'stepwise')
  await databases.refillWarmPool()
  expect(await databases.central().transactional((em) => databases.claimWarm(em, nameOf('renamed')))).toBe(true)
  for (const id of ['stepwise', 'renamed']) {
    const em = databases.tenant(`tenant_${id}`)
    expect(await em.execute('select current_user as "user", notes_count() as notes')).toEqual([
      { user: `tenant_${id}`, notes: '0' },
    ])
    await databases.suspend(nameOf(id))
    await databases.resume(nameOf(id))
    await databases.migrate(nameOf(id))
    await databases.locked(`tenant:${id}`, (session) => databases.drop(session, nameOf(id)))
  }
  expect(await bed.query(`select 1 from pg_roles where rolname in ('tenant_stepwise', 'tenant_renamed')`)).toEqual([])
})

describe('fifty tenants', () => {
  const ids = Array.from({ length: 50 }, (_, index) => `r${index}`)
  /** CI reads 100,000 times. */
  const reads = Number(process.env.MT_READS ?? 10_000)

  beforeAll(async () => {
    const databases = await bed.open()
    const waiting = ids.values()
    const work = async () => {
      for (const id of waiting) {
        await bed.provision(databases, id)
        await bed.query(`insert into notes values ('own', '${id}')`, { database: `tenant_${id}` })
      }
    }
    await Promise.all([work(), work(), work()])
    await bed.closeAll()
  })

  it(`read ${reads} times in turns find no foreign row, while connections go from one to another`, {
    timeout: 120_000 + reads * 4,
  }, async () => {
    const databases = await bed.open({ connections: { budget: 20, waitTimeout: 60_000 } })
    const LEASE = 50
    let [next, foreign] = [0, 0]
    const reader = async () => {
      for (let lease = next++; lease < reads / LEASE; lease = next++) {
        const id = ids[(lease * 7) % ids.length] ?? 'r0'
        await databases.withTenant(nameOf(id), async (em) => {
          for (let index = 0; index < LEASE; index += 1) {
            const found = await em.fork().findOneOrFail(note, { id: 'own' })
            if (found.text !== id) foreign += 1
          }
          const [row] = await em.execute<{ name: string; role: string }[]>(
            'select current_database() as name, current_user as role',
          )
          if (row?.name !== `tenant_${id}` || row.role !== `tenant_${id}`) foreign += 1
        })
      }
    }
    await Promise.all(Array.from({ length: 25 }, reader))
    expect(foreign).toBe(0)
    expect(databases.gauges).toMatchObject({ violations: 0, timeouts: 0, leased: 0 })
    expect(databases.gauges.evictions).toBeGreaterThan(0)
  })

  it('are closed to each other, for all pairs', async () => {
    const [pairs] = await bed.query<{ own: number; foreign: number }>(
      `select count(*) filter (where rolname = datname)::int as own,
          count(*) filter (where rolname <> datname)::int as foreign
        from pg_roles, pg_database
        where rolname like 'tenant\\_r%' and datname like 'tenant\\_%' and has_database_privilege(rolname, datname, 'CONNECT')`,
    )
    expect(pairs).toEqual({ own: ids.length, foreign: 0 })
  })
})

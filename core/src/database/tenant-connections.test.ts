import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LeaseEndedError } from '../error/connection-errors.ts'
import { nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
  await bed.provision(await bed.open(), ...IDS)
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.server.stop())

/** Connections of tenants that the server counts. */
async function backends(): Promise<number> {
  const [row] = await bed.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where usename like 'tenant\\_%'`,
  )
  return row?.count ?? -1
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries === 500) throw new Error('It did not become so within 5 s')
    await sleep(10)
  }
}

function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, opened: promise }
}

describe('the budget of connections', () => {
  it('is never exceeded, however many tenants ask, and every request is served', async () => {
    const databases = await bed.open({ connections: { budget: 4, waitTimeout: 15_000 } })
    let most = 0
    let done = false
    const watch = (async () => {
      while (!done) {
        most = Math.max(most, await backends(), databases.gauges.open)
        await sleep(2)
      }
    })()
    const found = await Promise.all(
      Array.from({ length: 240 }, (_, index) => {
        const id = IDS[index % IDS.length] ?? 'a'
        return databases.withTenant(nameOf(id), async (em) => {
          const [row] = await em.execute<{ db: string }[]>('select current_database() as db, pg_sleep(0.001)')
          return row?.db === `tenant_${id}`
        })
      }),
    )
    done = true
    await watch
    expect(found.every(Boolean)).toBe(true)
    expect(most).toBeLessThanOrEqual(4)
    expect(databases.gauges).toMatchObject({ leased: 0, waiting: 0, timeouts: 0, violations: 0 })
    expect(databases.gauges.evictions).toBeGreaterThan(0)
  })

  it('allows a tenant no more than its share', async () => {
    const databases = await bed.open({ connections: { perTenant: 3 } })
    await Promise.all(
      Array.from({ length: 30 }, () => databases.withTenant(nameOf('a'), (em) => em.execute('select pg_sleep(0.002)'))),
    )
    expect(databases.gauges).toMatchObject({ open: 3, idle: 3, pools: 1, connects: 3 })
  })

  it('closes the connection unused for longest when another tenant needs its place', async () => {
    const databases = await bed.open({ connections: { budget: 2 } })
    const use = (id: string) => databases.withTenant(nameOf(id), (em) => em.execute('select 1'))
    for (const id of ['a', 'b', 'a', 'c']) await use(id)
    const users = await bed.query<{ usename: string }>(
      `select usename from pg_stat_activity where usename like 'tenant\\_%' order by 1`,
    )
    expect(users.map(({ usename }) => usename)).toEqual(['tenant_a', 'tenant_c'])
    expect(databases.gauges).toMatchObject({ open: 2, evictions: 1, connects: 3, pools: 2 })
  })

  it('spares tenants with work under way, and never cuts a query or a transaction', async () => {
    const databases = await bed.open({ connections: { budget: 2 } })
    const [begun, others] = [gate(), gate()]
    const work = databases.withTenant(nameOf('a'), async (em) => {
      const pid = async () => (await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid'))[0]?.pid
      const before = await pid()
      begun.open()
      await others.opened
      return before === (await pid())
    })
    await begun.opened
    for (const id of ['b', 'c', 'd']) await databases.withTenant(nameOf(id), (em) => em.execute('select 1'))
    others.open()
    expect(await work).toBe(true)
  })

  it('leaves a connection to the work it was opened for, for a turn, when more works than connections go on', async () => {
    const databases = await bed.open({ connections: { budget: 2, waitTimeout: 15_000 } })
    const work = (id: string) =>
      databases.withTenant(nameOf(id), async (em) => {
        for (let statement = 0; statement < 40; statement += 1) await em.execute('select 1')
      })
    await Promise.all(IDS.map(work))
    expect(databases.gauges.connects).toBeLessThan((IDS.length * 40) / 2)
    expect(databases.gauges).toMatchObject({ open: 2, waiting: 0, timeouts: 0 })
  })

  it('answers 503 with Retry-After when no connection becomes free in time', async () => {
    const databases = await bed.open({ connections: { budget: 1, waitTimeout: 150 } })
    const [begun, end] = [gate(), gate()]
    const work = databases.withTenant(nameOf('a'), (em) =>
      em.transactional(async (inner) => {
        await inner.execute('select 1')
        begun.open()
        await end.opened
      }),
    )
    await begun.opened
    const refused = databases.withTenant(nameOf('b'), (em) => em.count(note))
    await expect(refused).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '1' } })
    expect(databases.gauges).toMatchObject({ timeouts: 1, waiting: 0, leased: 1 })
    end.open()
    await work
    expect(await databases.withTenant(nameOf('b'), (em) => em.count(note))).toBe(0)
  })

  it('frees what nobody uses', async () => {
    const databases = await bed.open({ connections: { idleTimeout: 40 } })
    for (const id of ['a', 'b', 'c']) await databases.withTenant(nameOf(id), (em) => em.execute('select 1'))
    await until(() => databases.gauges.open === 0)
    await until(async () => (await backends()) === 0)
    expect(databases.gauges).toMatchObject({ idle: 0, pools: 0 })
  })
})

describe('a lease', () => {
  it('ends its entity manager, also copies of it and what was loaded by it', async () => {
    const databases = await bed.open()
    const kept = await databases.withTenant(nameOf('a'), async (em) => {
      await em.count(note)
      return [em, em.fork()]
    })
    for (const em of kept) {
      await expect(em.count(note)).rejects.toThrow(LeaseEndedError)
      await expect(em.transactional(async () => undefined)).rejects.toThrow(LeaseEndedError)
      await expect(
        em
          .getKysely()
          .selectNoFrom((eb) => eb.val(1).as('one'))
          .execute(),
      ).rejects.toThrow(LeaseEndedError)
    }
    expect(databases.gauges).toMatchObject({ leased: 0 })
  })

  it('cuts queries and transactions that its work did not wait for', async () => {
    const databases = await bed.open()
    const cut: Promise<unknown>[] = []
    await databases.withTenant(nameOf('b'), async (em) => {
      const begun = gate()
      cut.push(
        em.transactional(async (inner) => {
          inner.create(note, { id: 'lost', text: 'lost' })
          await inner.flush()
          begun.open()
          await inner.execute('select pg_sleep(20)')
        }),
      )
      await begun.opened
    })
    expect((await Promise.allSettled(cut)).map(({ status }) => status)).toEqual(['rejected'])
    await until(() => databases.gauges.open === 0)
    expect(await databases.withTenant(nameOf('b'), (em) => em.count(note))).toBe(0)
  })

  it('gives nobody a connection with a transaction left open', async () => {
    const databases = await bed.open({ connections: { perTenant: 1 } })
    await databases.withTenant(nameOf('c'), async (em) => {
      await em.execute('begin')
    })
    await databases.withTenant(nameOf('c'), async (em) => {
      await em.execute(`insert into notes values ('kept', 'kept')`)
    })
    expect(await bed.query('select id from notes', { database: 'tenant_c' })).toEqual([{ id: 'kept' }])
  })
})

describe('a database that is gone', () => {
  it('answers 503, is looked up again, and disturbs no other tenant', async () => {
    const gone: string[] = []
    const databases = await bed.open({ onDatabaseGone: (name) => gone.push(name) })
    const count = (id: string) => databases.withTenant(nameOf(id), (em) => em.count(note))
    expect(await count('d')).toBe(0)
    await databases.suspend(nameOf('d'))
    await expect(count('d')).rejects.toMatchObject({ name: 'DatabaseGoneError', status: 503 })
    await expect(databases.tenant('tenant_d').count(note)).rejects.toMatchObject({ status: 503 })
    expect(gone).toEqual(['tenant_d', 'tenant_d'])
    expect(await count('e')).toBe(0)
    await databases.resume(nameOf('d'))
    expect(await count('d')).toBe(0)
    await expect(count('unknown')).rejects.toMatchObject({ name: 'DatabaseGoneError' })
  })

  it('is noticed by a process that did not close it', async () => {
    const [one, other] = await Promise.all([bed.open(), bed.open()])
    const count = () => other.withTenant(nameOf('f'), (em) => em.count(note))
    expect(await count()).toBe(0)
    await one.suspend(nameOf('f'))
    await expect(count()).rejects.toMatchObject({ status: 503 })
    await one.resume(nameOf('f'))
    expect(await count()).toBe(0)
  })

  it.each(['per-tenant', 'shared'] as const)(
    'is found again at once when it was made anew elsewhere in the meantime, with roles %s',
    async (roles) => {
      const centralUrl = bed.urlOf(`anew-${roles}`)
      const one = await bed.open({ centralUrl, roles })
      const other = await bed.open({ centralUrl, roles, connections: { idleTimeout: 20 } })
      const name = nameOf(`anew-${roles}`)
      const count = () => other.withTenant(name, (em) => em.count(note))
      await bed.provision(one, name.tenantId)
      expect(await count()).toBe(0)
      await one.locked(`tenant:${name.tenantId}`, (session) => one.drop(session, name))
      await bed.provision(one, name.tenantId)
      await one.withTenant(name, (em) => em.execute(`insert into notes values ('new', 'new')`))
      await until(() => other.gauges.open === 0)
      expect(await count()).toBe(1)
      expect(other.gauges.violations).toBe(0)
    },
  )

  it('is found again at once when its server has another address', async () => {
    const databases = await bed.open({ centralUrl: bed.urlOf('addresses') })
    const url = bed.urlOf('postgres')
    await databases.servers.add({ id: 'far', url })
    await databases.servers.setState('central', 'closed')
    await bed.provision(databases, 'far')
    const nobody = Object.assign(new URL(url), { port: '1' }).href
    await databases.servers.add({ id: 'far', url, poolUrl: nobody })
    const count = () => databases.withTenant(nameOf('far'), (em) => em.count(note))
    await expect(count()).rejects.toMatchObject({ status: 503 })
    await databases.servers.add({ id: 'far', url })
    expect(await count()).toBe(0)
  })

  it('leaves the budget whole when the server ends every session', async () => {
    const databases = await bed.open({ connections: { budget: 3 } })
    const use = (id: string) => databases.withTenant(nameOf(id), (em) => em.execute('select 1'))
    await Promise.all(['a', 'b', 'c'].map(use))
    await bed.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename like 'tenant\\_%'`)
    await until(() => databases.gauges.open === 0)
    await Promise.all(['d', 'e', 'f'].map(use))
    expect(databases.gauges).toMatchObject({ open: 3, idle: 3 })
  })
})

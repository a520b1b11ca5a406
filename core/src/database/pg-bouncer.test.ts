import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../embedded/port.ts'
import { postgresAccount } from '../embedded/postgres-account.ts'
import { nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

const PROGRAM = process.env.MT_PGBOUNCER ?? 'pgbouncer'
const installed = spawnSync(PROGRAM, ['--version']).status === 0

let bed: TestBed
let bouncer: ChildProcess | undefined
let directory: string
let poolUrl: string

/** A pooler in transaction mode that knows no tenant: one entry for all, and roles asked of PostgreSQL itself. */
async function startBouncer(): Promise<void> {
  const [{ uid, gid }, port] = await Promise.all([postgresAccount(), freePort()])
  const server = new URL(bed.server.url)
  directory = await mkdtemp(join(tmpdir(), 'mt-paas-bouncer-'))
  const [config, users] = [join(directory, 'pgbouncer.ini'), join(directory, 'users.txt')]
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${server.port} auth_user=postgres`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'auth_query = select usename, passwd from pg_catalog.pg_shadow where usename = $1',
    'pool_mode = transaction',
    'default_pool_size = 2',
    'max_client_conn = 200',
    // How long a database that refused is not asked again, in s; 15 by default.
    'server_login_retry = 1',
  ]
  await writeFile(config, `${settings.join('\n')}\n`)
  await writeFile(users, `"postgres" "${decodeURI(server.password)}"\n`)
  if (uid !== undefined && gid !== undefined) {
    for (const path of [directory, config, users]) await chown(path, uid, gid)
  }
  bouncer = spawn(PROGRAM, [config], {
    stdio: 'ignore',
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  })
  poolUrl = `postgres://127.0.0.1:${port}/`
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries === 100) throw new Error('PgBouncer does not answer')
    await sleep(50)
  }
}

async function answers(port: number): Promise<boolean> {
  const { username, password } = new URL(bed.server.url)
  const client = new Client({ host: '127.0.0.1', port, user: username, password, database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

describe.skipIf(!installed)('through PgBouncer in transaction mode (skipped where it is not installed)', () => {
  beforeAll(async () => {
    bed = await startTestBed()
    await startBouncer()
  })

  afterEach(() => bed.closeAll())

  afterAll(async () => {
    bouncer?.kill('SIGKILL')
    await bed?.server.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it('new tenants work at once, each in its own database with its own role', async () => {
    const databases = await bed.open({ poolUrl, warmDatabases: 1 })
    await bed.provision(databases, 'a', 'b')
    await databases.refillWarmPool()
    expect(await databases.central().transactional((em) => databases.claimWarm(em, nameOf('c')))).toBe(true)
    const ids = ['a', 'b', 'c']
    await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const id = ids[index % ids.length] ?? 'a'
        await databases.withTenant(nameOf(id), async (em) => {
          const row = { id: `${index}`, text: id }
          await em.transactional(async (inner) => {
            inner.create(note, row)
            await inner.flush()
          })
          const [who] = await em.execute<object[]>('select current_user as role, current_database() as name')
          expect(who).toEqual({ role: `tenant_${id}`, name: `tenant_${id}` })
          expect(await em.count(note, { text: { $ne: id } })).toBe(0)
        })
      }),
    )
    expect(databases.gauges).toMatchObject({ violations: 0, timeouts: 0, leased: 0 })
    expect(await databases.withTenant(nameOf('a'), (em) => em.count(note))).toBe(40)
    const direct = await bed.query(
      `select 1 from pg_stat_activity where usename like 'tenant\\_%' and datname like 'tenant\\_%'`,
    )
    expect(direct.length).toBeLessThanOrEqual(6)
  })

  it('a suspended tenant is refused, others are not, and it comes back', async () => {
    const databases = await bed.open({ poolUrl })
    await bed.provision(databases, 'd', 'e')
    const count = (id: string) => databases.withTenant(nameOf(id), (em) => em.count(note))
    expect(await count('d')).toBe(0)
    await databases.suspend(nameOf('d'))
    await expect(count('d')).rejects.toMatchObject({ status: 503 })
    expect(await count('e')).toBe(0)
    await databases.resume(nameOf('d'))
    for (let tries = 0; ; tries += 1) {
      const found = await count('d').catch(() => undefined)
      if (found === 0) break
      // PgBouncer remembers for a while that the database refused it.
      if (tries === 100) throw new Error('It does not come back')
      await sleep(200)
    }
  })
})

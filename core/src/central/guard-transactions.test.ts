import type { MikroORM } from '@mikro-orm/postgresql'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { openCentralDatabase } from './central-database.ts'

let server: TemporaryServer
let orm: MikroORM

beforeAll(async () => {
  server = await startTemporaryServer()
  const url = new URL(server.url)
  url.pathname = '/central'
  orm = await openCentralDatabase({ url: url.href, onWarning: () => undefined })
})

afterAll(async () => {
  await orm?.close(true)
  await server?.stop()
})

it('a central database that cut its connections in the middle of transactions is used again', async () => {
  const admin = new Client({ connectionString: server.url })
  await admin.connect()
  for (let times = 0; times < 12; times++) {
    const cut = orm.em.fork().transactional(async (em) => {
      const [row] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid')
      await admin.query('select pg_terminate_backend($1)', [row?.pid])
      await em.execute('select 1')
    })
    await expect(cut).rejects.toThrow()
  }
  await admin.end()
  expect(await orm.em.fork().execute('select 1 as one')).toEqual([{ one: 1 }])
})

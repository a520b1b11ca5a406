import { SchemaGenerator } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { openCentralDatabase } from './central-database.ts'

let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterAll(() => server?.stop())

it('the central migrations make what the entities describe', async () => {
  const url = new URL(server.url)
  url.pathname = '/central'
  const orm = await openCentralDatabase({ url: url.href, onWarning: () => undefined })
  try {
    expect(await new SchemaGenerator(orm.em).getUpdateSchemaSQL({ wrap: false, dropTables: false })).toBe('')
  } finally {
    await orm.close(true)
  }
})

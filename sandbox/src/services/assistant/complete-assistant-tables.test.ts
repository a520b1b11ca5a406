import { openMultiTenant, startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { advisor } from '../advisor/advisor.ts'
import { createAssistantTables } from './create-assistant-tables.ts'
import { tenantDatabases } from './tenant-databases.ts'

let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterAll(() => server?.stop())

const contact = { email: 'admin@hallym.ac.kr', name: '홍길동' }

/** Tables as they were at first. */
class OldAssistantTables extends createAssistantTables.class {
  override up(): void {
    super.up()
    this.addSql('alter table messages drop column position')
    this.addSql('alter table documents drop column bytes')
    this.addSql('create index on messages (session_id, created_at)')
  }
}

/** A conversation whose rows are not in their order. */
const ROWS = `
  insert into sessions (id, title, started_at) values ('s', 'old', now());
  insert into messages (id, session_id, author, content, model, created_at) values
    ('m3', 's', 'user', 'third', null, '2026-01-01T00:01:00Z'),
    ('m2', 's', 'assistant', 'second', 'gpt-4o', '2026-01-01T00:00:00Z'),
    ('m1', 's', 'user', 'first', null, '2026-01-01T00:00:00Z');
  insert into documents (id, title, content, created_at) values ('d', 'old', '한글', now())`

it('a database of before is brought up with its rows, in their order, and is then as a new one', async () => {
  const centralUrl = new URL('/central', server.url).href
  const own = tenantDatabases(advisor)
  const tenantMigrations = [{ ...createAssistantTables, class: OldAssistantTables }]
  const before = await openMultiTenant({ centralUrl, ...own, tenantMigrations })
  await before.lifecycle.activate({ id: 'old', name: 'Old', plan: 'free', features: [], contact })
  await (await before.tenants.entityManager('old')).execute(ROWS)
  await before.close()

  const now = await openMultiTenant({ centralUrl, ...own })
  try {
    expect(await now.fleet.migrate()).toMatchObject({ total: 1, migrated: 1, failed: [] })
    const em = await now.tenants.entityManager('old')
    await em.execute(`insert into messages (id, session_id, author, content, created_at)
      values ('m4', 's', 'user', 'fourth', now())`)
    const rows = await em.execute<{ content: string }[]>('select content from messages order by position')
    expect(rows.map(({ content }) => content)).toEqual(['first', 'second', 'third', 'fourth'])
    expect(await em.execute('select bytes from documents')).toEqual([{ bytes: 6 }])
    await now.lifecycle.activate({ id: 'new', name: 'New', plan: 'free', features: [], contact })
    expect(await now.fleet.drift()).toMatchObject({ compared: 2, drifted: [], unreadable: [] })
  } finally {
    await now.close()
  }
})

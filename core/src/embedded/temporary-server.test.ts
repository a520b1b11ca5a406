import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryServer } from './temporary-server.ts'

let template: string

beforeAll(async () => {
  template = join(await mkdtemp(join(tmpdir(), 'mt-paas-template-')), 'data')
})

afterAll(() => rm(join(template, '..'), { recursive: true, force: true }))

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('temporary servers of one template', () => {
  it('are apart from each other, and leave the template as it was made', async () => {
    const [one, other] = await Promise.all([startTemporaryServer({ template }), startTemporaryServer({ template })])
    try {
      await query(one.url, 'create table kept as select 1 as n')
      expect(await query(other.url, `select to_regclass('kept') as kept, current_setting('fsync') as fsync`)).toEqual([
        { kept: null, fsync: 'off' },
      ])
    } finally {
      await Promise.all([one.stop(), other.stop()])
    }
    expect((await readdir(template)).sort()).toEqual(['cluster', 'password'])
    expect((await stat(join(template, 'password'))).mode & 0o077).toBe(0)
    expect(await readdir(join(template, 'cluster'))).not.toContain('postmaster.pid')
    const later = await startTemporaryServer({ template })
    expect(await query(later.url, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }])
    await later.stop()
  })
})

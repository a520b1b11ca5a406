import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AdminSession } from './admin-session.ts'
import { earlySession } from './early-session.ts'
import { startTestBed, type TestBed } from './tenant-databases.test.support.ts'

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
})

afterAll(() => bed?.server.stop())

const LOGINS = `select 1 from pg_stat_activity where datname is null and backend_type = 'client backend'`
const whereAmI = async (inside: AdminSession) =>
  (await inside.query<{ name: string }>('select current_database() as name'))[0]

it('is in a database that was made after it began to connect', async () => {
  await using early = earlySession(bed.server.url, 'made_later')
  await bed.query('create database made_later')
  expect(await early.use(Promise.resolve(), whereAmI)).toEqual({ name: 'made_later' })
})

it('connects anew when its database did not take connections yet', async () => {
  await using early = earlySession(bed.server.url, 'opened_later')
  const open = Promise.withResolvers<void>()
  const used = early.use(open.promise, whereAmI)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await bed.query('create database opened_later')
  open.resolve()
  expect(await used).toEqual({ name: 'opened_later' })
})

it('lets databases be removed before long, though it was not used yet', { timeout: 10_000 }, async () => {
  await bed.query('create database removed_meanwhile')
  await using early = earlySession(bed.server.url, 'made_after_that')
  // Until it has begun to log in, it is in nobody's way.
  await expect.poll(() => bed.query(LOGINS)).not.toEqual([])
  await bed.query('drop database removed_meanwhile')
  await bed.query('create database made_after_that')
  expect(await early.use(Promise.resolve(), whereAmI)).toEqual({ name: 'made_after_that' })
})

it('leaves no connection when it was not used', async () => {
  {
    await using _early = earlySession(bed.server.url, 'never_made')
  }
  await expect.poll(() => bed.query(LOGINS)).toEqual([])
})

it('tells what is wrong with a database that never comes', async () => {
  await using early = earlySession(bed.server.url, 'missing')
  await expect(early.use(Promise.resolve(), whereAmI)).rejects.toMatchObject({ code: '3D000' })
})

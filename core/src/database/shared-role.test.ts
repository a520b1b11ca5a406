import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
})

afterAll(async () => {
  await bed?.closeAll()
  await bed?.server.stop()
})

describe('tenants that share a role', () => {
  it('are made at the same time by several processes', async () => {
    const processes = [0, 1, 2].map(() => bed.open({ roles: 'shared', warmDatabases: 0 }))
    const provisioned = processes.flatMap((opening, first) =>
      [0, 1, 2, 3].map(async (index) => {
        const databases = await opening
        const id = `s${first}${index}`
        await bed.provision(databases, id)
        return databases.withTenant(nameOf(id), (em) => em.count(note))
      }),
    )
    expect(await Promise.all(provisioned)).toEqual(provisioned.map(() => 0))
    const roles = await bed.query(`select rolname from pg_roles where rolcanlogin and rolname <> 'postgres'`)
    expect(roles).toEqual([{ rolname: expect.stringMatching(/^mt_tenants_[0-9a-f]{8}$/) }])
  })

  it('have it again when it was lost', async () => {
    const databases = await bed.open({ roles: 'shared', warmDatabases: 0 })
    await bed.provision(databases, 'before')
    const [role] = await bed.query<{ name: string }>(
      `select rolname as name from pg_roles where rolname ~ '^mt_tenants'`,
    )
    await bed.query(`alter role ${role?.name} rename to lost`)
    await bed.provision(databases, 'after')
    expect(await databases.withTenant(nameOf('after'), (em) => em.count(note))).toBe(0)
  })
})

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setupMultiTenant } from '@mt-paas/core'
import Koa from 'koa'
import { median } from '../report/statistics.ts'
import type { TenantBed } from './bed.ts'
import { migrations, tenantEntities } from './schema.ts'

const REQUESTS = 500
/** So many times more rounds are made than measured, until the compiler has seen enough. */
const MORE = 1.25

/**
 * From the id in a request to its tenant, µs, for tenants that are known; and how many rounds of requests had to wait
 * for something, as every query has its answer in a later turn of the event loop.
 */
export async function measureLookingUp(bed: TenantBed, ids: readonly string[], rounds: number) {
  const before = Math.ceil(rounds * (MORE - 1))
  const koa = new Koa()
  let startedAt = 0
  let spent = 0
  const service = setupMultiTenant(koa, {
    centralDbUrl: bed.urlOf('central'),
    env: {},
    tenantEntities,
    tenantMigrations: migrations.slice(0, 1),
    warmDatabases: 0,
    context: {
      sources: ['header'],
      tenantIdOf(text) {
        startedAt = performance.now()
        return text
      },
    },
  })
  koa.use(() => {
    spent += performance.now() - startedAt
  })
  await service.init()
  try {
    const [identify, found] = koa.middleware
    if (!identify || !found) throw new Error('The application has no middleware')
    const request = async (id: string) => {
      const context = contextOf(koa, id)
      await identify(context, async () => found(context, async () => undefined))
      if (context.state.tenant?.id !== id) throw new Error(`The tenant ${id} was not found`)
      context.res.destroy()
    }
    for (const id of ids) await request(id)
    const times: number[] = []
    let waited = 0
    for (let round = 0; round < before + rounds; round++) {
      spent = 0
      let isLater = false
      const later = setImmediate(() => {
        isLater = true
      })
      for (let at = 0; at < REQUESTS; at++) await request(ids[at % ids.length] ?? '')
      clearImmediate(later)
      if (round < before) continue
      times.push((spent * 1000) / REQUESTS)
      if (isLater) waited += 1
    }
    return { lookUp: median(times), waited }
  } finally {
    await service.close()
  }
}

function contextOf(koa: Koa, id: string) {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, { method: 'GET', url: '/notes', headers: { 'x-tenant-id': id } })
  return koa.createContext(request, new ServerResponse(request))
}

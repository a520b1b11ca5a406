import {
  defineHandler,
  marketCompatApi,
  type RunningServer,
  serve,
  standardApi,
  TenantExistsError,
  TenantNotFoundError,
  UserNotFoundError,
} from '@mt-paas/server'
import type { StatusResponse } from '@mt-paas/server/contract'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scenarioNames } from '../engine/index.ts'
import { createSandbox, type Sandbox } from './create-sandbox.ts'

const KEY = 'service-under-test'
let server: RunningServer
let sandbox: Sandbox

/** A service in memory, made as any service is. */
async function startService(): Promise<RunningServer> {
  const tenants = new Map<string, StatusResponse>()
  const tenantOf = (id: string) => {
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }
  const noUser = async ({ input }: { input: { user_id: string } }) => {
    throw new UserNotFoundError(input.user_id)
  }
  const handler = defineHandler({
    baseUrl: 'https://service.example.com',
    serviceVersion: '1.0.0',
    async activateTenant({ input: { tenant_id, plan, features } }) {
      if (tenants.has(tenant_id)) throw new TenantExistsError(tenant_id)
      const now = new Date().toISOString()
      tenants.set(tenant_id, { tenant_id, status: 'active', plan, features, created_at: now, updated_at: now })
      return { success: true, tenant_id, access_url: `https://service.example.com/${tenant_id}`, message: 'ready' }
    },
    deactivateTenant: async ({ input: { tenant_id } }) => ({
      success: true,
      tenant_id: tenantOf(tenant_id).tenant_id,
      status: 'deactivated',
      data_preserved: true,
    }),
    getTenantStatus: async ({ input }) => tenantOf(input.tenant_id),
    getTenantUsage: async ({ input }) => ({ ...input, usage: {} }),
    getTenantStats: async ({ input }) => ({ ...input, summary: {} }),
    getTenantCosts: async ({ input }) => ({ ...input, total_cost_usd: 0 }),
    listUsers: async ({ input: { tenant_id, limit, offset } }) => ({ tenant_id, total: 0, limit, offset, users: [] }),
    createUser: async ({ input }) => {
      throw new TenantNotFoundError(input.tenant_id)
    },
    getUser: noUser,
    updateUser: noUser,
    deleteUser: noUser,
    getSettings: async ({ input: { tenant_id } }) => ({
      tenant_id,
      config: {},
      subscription: { plan: 'demo', start_date: '2026-01-01' },
    }),
  })
  const env = { MARKET_API_KEY: KEY }
  const app = new Koa()
  // Koa writes of connections that are cut off, which is what some scenarios do.
  app.silent = true
  app.use(standardApi(handler, { env }))
  app.use(marketCompatApi(handler, { env }))
  return serve(app)
}

beforeEach(async () => {
  server = await startService()
  sandbox = await createSandbox({ target: server.url, apiKey: KEY })
})

afterEach(async () => {
  await sandbox?.close()
  await server?.close()
})

describe('createSandbox()', () => {
  it.each(['demo', 'service', 'demo-nested', 'service-nested', 'standard'])(
    'completes an application (%s) at a service made with the SDK',
    async (scenario) => {
      const { ok, steps } = await sandbox.trigger(scenario)
      expect(ok).toBe(true)
      expect(steps).toMatchObject([{ application: { status: 'completed', failure: null } }])
      expect(steps[0]?.application.tenantId).toMatch(/\S/)
      expect(steps[0]?.application.accessUrl).toMatch(/^https:\/\/service\.example\.com\//)
    },
  )

  it('reuses the tenant when the applicant upgrades', async () => {
    const { ok, steps } = await sandbox.trigger('upgrade', { applicant: { email: 'one@hallym.ac.kr' } })
    expect(ok).toBe(true)
    expect(new Set(steps.map(({ application }) => application.tenantId)).size).toBe(1)
  })

  it.each(scenarioNames.filter((name) => !name.includes('signature')))(
    'finds that a service made with the SDK does as expected in %s',
    async (scenario) => {
      expect(await sandbox.trigger(scenario)).toMatchObject({ scenario, ok: true })
    },
  )

  it('finds out that signatures are not looked at', async () => {
    await sandbox.close()
    const signingSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    sandbox = await createSandbox({ target: server.url, apiKey: KEY, signingSecret })
    expect(await sandbox.trigger('wrong-signature')).toMatchObject({ ok: false, steps: [{ expected: [401] }] })
  })

  it('hands over callbacks one after another', async () => {
    await sandbox.trigger('demo')
    const tenantId = (await sandbox.engine.applications.get(1_000)).tenantId ?? ''
    const callBack = (message: string) =>
      fetch(`${sandbox.url}/callback`, {
        method: 'POST',
        body: JSON.stringify({ success: true, tenant_id: tenantId, message, access_url: null }),
      })
    await callBack('first')
    const second = sandbox.waitForCallback({ tenantId }).then(() => sandbox.waitForCallback({ tenantId }))
    await callBack('second')
    expect(JSON.parse((await second).body)).toMatchObject({ message: 'second' })
  })

  it('forgets everything but the service', async () => {
    await sandbox.trigger('demo')
    await sandbox.advance(3_600_000)
    await sandbox.reset()
    const { applications, deliveries, callbacks } = await sandbox.engine.statistics()
    expect([applications.total, deliveries.total, callbacks.total, sandbox.engine.clock.offset]).toEqual([0, 0, 0, 0])
    expect(await sandbox.trigger('demo')).toMatchObject({ ok: true })
  })
})

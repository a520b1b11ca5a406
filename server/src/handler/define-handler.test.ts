import { describe, expect, expectTypeOf, it } from 'vitest'
import { StandardApiError, TenantNotFoundError } from '../error/index.ts'
import { bindHandler, bindLifecycleHandler } from './bind-handler.ts'
import { defineHandler, defineLifecycleHandler } from './define-handler.ts'
import type { LifecycleHandler, Procedure, StandardHandler } from './handler.ts'
import type { HandlerContext } from './handler-context.ts'

const timestamps = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
const known = (id: string) => {
  if (id !== 'a') throw new TenantNotFoundError(id)
}

const lifecycle = defineLifecycleHandler({
  baseUrl: 'https://svc.example.com',
  activateTenant: ({ input }) => ({ success: true, tenant_id: input.tenant_id, access_url: '', message: '' }),
  deactivateTenant: ({ input }) => ({ success: true, ...input, status: 'deactivated', data_preserved: true }),
  getTenantStatus({ input }) {
    known(input.tenant_id)
    return { ...input, status: 'active', plan: 'basic', features: [], ...timestamps }
  },
  getTenantUsage: ({ input }) => ({ ...input, usage: { api_calls: 7, ai_tokens: null, total_cost: 1.5 } }),
})

const handler = defineHandler({
  ...lifecycle,
  getTenantStats: ({ input }) => ({ ...input, summary: {} }),
  getTenantCosts: ({ input }) => ({ ...input, total_cost_usd: 0 }),
  listUsers: ({ input: { tenant_id, limit, offset } }) => ({ tenant_id, total: 0, limit, offset }),
  createUser: ({ input: { email, name, role } }) => ({
    user_id: 'u1',
    email,
    name,
    role,
    status: 'active',
    created_at: '',
    temporary_password: false,
  }),
  getUser: ({ input }) => ({ ...input, email: '', name: '', role: 'user', status: 'active', created_at: '' }),
  updateUser: ({ input: { user_id } }) => ({
    user_id,
    email: '',
    name: '',
    role: 'user',
    status: 'active',
    created_at: '',
  }),
  deleteUser: ({ input: { user_id } }) => ({ success: true, user_id, message: '' }),
  getSettings({ input: { tenant_id } }) {
    known(tenant_id)
    return { tenant_id, config: {}, subscription: { plan: 'basic', start_date: '2026-01-01' } }
  },
})

const ctx: HandlerContext = {
  signal: new AbortController().signal,
  requestId: 'r1',
  tenantId: 'a',
  caller: { kind: 'anonymous' },
  idempotencyKey: undefined,
  respondAsync: false,
  reply: { status: undefined, setHeader: () => {} },
}
const options = { now: () => new Date('2026-01-31T09:00:00.123Z'), onHookError: () => {} }

describe('a handler', () => {
  it('of version 2 is one of version 1, and more', () => {
    expectTypeOf<StandardHandler>().toExtend<LifecycleHandler>()
    expectTypeOf<LifecycleHandler>().not.toExtend<StandardHandler>()
  })

  it('without a required procedure does not compile, and does not start', () => {
    const { getUser, ...incomplete } = handler
    expect(getUser).toBeTypeOf('function')
    // @ts-expect-error getUser is missing
    const asHandler: StandardHandler = incomplete
    expect(() => bindHandler(asHandler, options)).toThrow('The handler lacks getUser')
  })

  it('gets its input typed from the contract', () => {
    expectTypeOf<Parameters<Procedure<'listUsers'>>[0]['input']['limit']>().toEqualTypeOf<number>()
    expectTypeOf<Parameters<Procedure<'getTenantUsage'>>[0]['input']>().toEqualTypeOf<{
      tenant_id: string
      period: string
    }>()
  })

  it('may be an instance of a class', async () => {
    class Service {
      readonly baseUrl = 'https://svc.example.com'
      readonly #message = 'from the instance'
      activateTenant = lifecycle.activateTenant
      deactivateTenant = lifecycle.deactivateTenant
      getTenantStatus = lifecycle.getTenantStatus
      getTenantUsage({ input }: Parameters<Procedure<'getTenantUsage'>>[0]) {
        return { ...input, usage: { note: this.#message } }
      }
    }
    const bound = bindLifecycleHandler(new Service(), options)
    expect(await bound.getTenantUsage({ input: { tenant_id: 'a', period: '2026-01' }, ctx })).toMatchObject({
      usage: { note: 'from the instance' },
    })
  })
})

describe('what a handler leaves out', () => {
  const bound = bindHandler(handler, options)

  it('is healthy, version 1.0.0, at whole seconds of the clock', async () => {
    expect(await bound.checkHealth({ input: {}, ctx })).toEqual({
      status: 'healthy',
      version: '1.0.0',
      timestamp: '2026-01-31T09:00:00Z',
    })
  })

  it('is unhealthy when the health check throws', async () => {
    const failing = { ...handler, checkHealth: () => Promise.reject(new Error('down')) }
    expect(await bindHandler(failing, options).checkHealth({ input: {}, ctx })).toMatchObject({ status: 'unhealthy' })
  })

  it('has no top users, no resources, and settings that stay', async () => {
    expect(await bound.getTopUsers({ input: { tenant_id: 'a', period: '30d', limit: 10 }, ctx })).toMatchObject({
      users: [],
    })
    const page = { limit: 20, offset: 0 }
    expect(await bound.listResources({ input: { tenant_id: 'a', ...page }, ctx })).toMatchObject({
      total: 0,
      items: [],
      resource_type: null,
    })
    expect(await bound.updateSettings({ input: { tenant_id: 'a', features: { quiz: true } }, ctx })).toMatchObject({
      config: {},
    })
  })

  it('reports usage as metrics, and bills nothing', async () => {
    const input = { tenant_id: 'a', period: '2026-01' }
    const report = await bound.getBillingUsage({ input, ctx })
    expect(report.total_cost).toBe(1.5)
    expect(report.metrics).toContainEqual({ name: 'api_calls', value: 7, unit: 'calls' })
    expect(report.metrics).toContainEqual({ name: 'ai_tokens', value: 0, unit: 'tokens' })
    expect(await bound.getBillingDetail({ input, ctx })).toEqual({ ...input, items: [] })
  })

  it.each(['getTopUsers', 'listResources', 'updateSettings', 'getBillingDetail'] as const)(
    'does not know an unknown tenant in %s',
    async (name) => {
      const input = { tenant_id: 'ghost', period: '2026-01', limit: 1, offset: 0 }
      await expect((async () => bound[name]({ input, ctx }))()).rejects.toThrow(TenantNotFoundError)
    },
  )

  it('of version 2 is not found in a handler of version 1', async () => {
    const v1 = bindLifecycleHandler(lifecycle, options)
    await expect(Promise.resolve(v1.getUser({ input: { tenant_id: 'a', user_id: 'u' }, ctx }))).rejects.toThrow(
      StandardApiError,
    )
  })
})

describe('hooks', () => {
  const activation = {
    tenant_id: 'a',
    tenant_name: 'A',
    plan: 'basic',
    features: [],
    config: {},
    contact: { email: '', name: '' },
  }

  it('run around the operation, with its input and output', async () => {
    const calls: string[] = []
    const bound = bindHandler(
      {
        ...handler,
        beforeActivate: ({ input }) => void calls.push(`before ${input.tenant_id}`),
        afterActivate: ({ output }) => void calls.push(`after ${output.success}`),
      },
      options,
    )
    await bound.activateTenant({ input: activation, ctx })
    expect(calls).toEqual(['before a', 'after true'])
  })

  it('before an operation can stop it, and what follows does not run', async () => {
    const calls: string[] = []
    const bound = bindHandler(
      {
        ...handler,
        beforeActivate: () => Promise.reject(new Error('no')),
        activateTenant: (call) => {
          calls.push('activated')
          return handler.activateTenant(call)
        },
        afterActivate: () => void calls.push('after'),
      },
      options,
    )
    await expect(Promise.resolve(bound.activateTenant({ input: activation, ctx }))).rejects.toThrow('no')
    expect(calls).toEqual([])
  })

  it('after an operation cannot undo it; what they throw is reported', async () => {
    const reported: unknown[] = []
    const bound = bindHandler(
      { ...handler, afterDeactivate: () => Promise.reject(new Error('mail server down')) },
      { ...options, onHookError: (error) => void reported.push(error) },
    )
    const input = { tenant_id: 'a', reason: 'x', preserve_data: true }
    expect(await bound.deactivateTenant({ input, ctx })).toMatchObject({ success: true })
    expect(reported).toEqual([new Error('mail server down')])
  })
})

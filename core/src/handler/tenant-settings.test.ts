import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { lifecycleHandler } from './lifecycle-handler.ts'
import { activation, type ReadyServiceBed, startReadyServiceBed } from './ready-service.test.support.ts'

/** Settings with every member that they have. */
const Settings = z.object({
  config: z.looseObject({
    features: z.record(z.string(), z.unknown()),
    limits: z.record(z.string(), z.unknown()),
    branding: z.record(z.string(), z.unknown()),
  }),
})

let bed: ReadyServiceBed

beforeAll(async () => {
  bed = await startReadyServiceBed()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.stop())

describe('the ready-made settings', () => {
  it('change only in what is named', async () => {
    const { call } = await bed.start()
    await call('POST /tenant/set/activate', activation('set'))
    const first = await call('GET /tenant/set/settings')
    expect(first.body).toMatchObject({
      config: {
        max_users: 500,
        max_storage_mb: null,
        features: { rag: true, quiz: true, custom_branding: false, own_words: true },
        limits: { max_users: 10_000, max_file_size_mb: 200 },
        branding: { logo_url: null, primary_color: '#123456', custom_css: null },
      },
      subscription: { plan: 'premium', end_date: null, auto_renew: false },
    })
    const changed = await call('PUT /tenant/set/settings', {
      features: { quiz: false },
      limits: { max_users: 2_000 },
      branding: { logo_url: 'https://example.com/logo.svg' },
    })
    const { config } = Settings.parse(first.body)
    const expected = {
      ...config,
      features: { ...config.features, quiz: false },
      limits: { ...config.limits, max_users: 2_000 },
      branding: { ...config.branding, logo_url: 'https://example.com/logo.svg' },
    }
    expect([changed.status, Settings.parse(changed.body).config]).toEqual([200, expected])
    const other = await call('PUT /tenant/set/settings', { branding: { primary_color: null } })
    const changedAgain = { ...expected, branding: { ...expected.branding, primary_color: null } }
    expect(Settings.parse(other.body).config).toEqual(changedAgain)
    expect(Settings.parse((await call('PUT /tenant/set/settings', {})).body).config).toEqual(changedAgain)
    const many = Array.from({ length: 6 }, (_, index) =>
      call('PUT /tenant/set/settings', { features: { [`f${index}`]: true } }),
    )
    expect((await Promise.all(many)).map(({ status }) => status)).toEqual(Array(6).fill(200))
    const { features } = Settings.parse((await call('GET /tenant/set/settings')).body).config
    expect(Object.keys(features).filter((name) => /^f\d$/.test(name))).toHaveLength(6)
    expect(await call('PUT /tenant/unset/settings', {})).toMatchObject({ status: 404 })
  })

  it('let people of a tenant switch on only what the subscription includes', async () => {
    const { mt, call } = await bed.start()
    await call('POST /tenant/own/activate', activation('own', { plan: 'basic' }))
    const { updateSettings } = lifecycleHandler(mt)
    const caller = { kind: 'user', userId: 'u1', tenantId: 'own', role: 'admin', claims: {} } as const
    const ctx = {
      signal: new AbortController().signal,
      requestId: 'r1',
      tenantId: 'own',
      caller,
      idempotencyKey: undefined,
      respondAsync: false,
      reply: { status: undefined, setHeader: () => undefined },
    }
    const change = async (features: Record<string, boolean>, limits?: object) =>
      (await updateSettings({ input: { tenant_id: 'own', features, limits }, ctx })).config.features
    expect(await change({ rag: false, own_words: false })).toMatchObject({ rag: false, own_words: false })
    expect(await change({ rag: true, own_words: true })).toMatchObject({ rag: true, own_words: true })
    await expect(change({ rag: false, quiz: true })).rejects.toMatchObject({ error: 'FEATURE_DISABLED', status: 403 })
    await expect(change({}, { max_users: 9 })).rejects.toMatchObject({ error: 'FORBIDDEN' })
    expect(await call('GET /tenant/own/settings')).toMatchObject({
      body: { config: { features: { rag: true, quiz: false } } },
    })
    await call('PUT /tenant/own/settings', { features: { quiz: true } })
    expect(await change({ quiz: false })).toMatchObject({ quiz: false })
  })

  it('forget the look of a tenant with its data', async () => {
    const { call } = await bed.start()
    await call('POST /tenant/look/activate', activation('look', { config: {} }))
    await call('PUT /tenant/look/settings', { branding: { primary_color: 'red' } })
    await call('POST /tenant/look/deactivate', { reason: 'x' })
    await call('POST /tenant/look/activate', activation('look', { config: {} }))
    expect(await call('GET /tenant/look/settings')).toMatchObject({
      body: { config: { branding: { primary_color: 'red' } } },
    })
    await call('POST /tenant/look/deactivate', { reason: 'x', preserve_data: false })
    expect(await bed.query(`select 1 from tenant_settings where tenant_id = 'look'`)).toEqual([])
  })
})

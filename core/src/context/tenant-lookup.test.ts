import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openCentralDatabase } from '../central/central-database.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { planCatalogue } from '../plan/plan-catalogue.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.test.support.ts'
import { type OpenTenantLookup, openTenantLookup, type TenantLookupSettings } from './tenant-lookup.ts'
import { openTenantRows } from './tenant-rows.ts'

const closing: (() => Promise<void>)[] = []
let server: TemporaryServer
let central: Client

beforeAll(async () => {
  server = await startTemporaryServer()
  const orm = await openCentralDatabase({ url: urlOf(), onWarning: () => undefined })
  await orm.close(true)
  central = new Client(urlOf())
  await central.connect()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

afterAll(async () => {
  await central?.end()
  await server?.stop()
})

function urlOf(port?: number): string {
  const url = new URL(server.url)
  url.pathname = '/central'
  if (port !== undefined) url.port = String(port)
  return url.href
}

async function insert(
  id: string,
  values: { readonly status?: string; readonly features?: string } = {},
): Promise<void> {
  const { status = 'active', features = '["own_words"]' } = values
  await central.query(
    `insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at, updated_at)
      values ($1, '한림대학교', 'premium', $3, $2, '', '', '{"max_users": 5}', 'tenant_' || $1, now(), now())`,
    [id, status, features],
  )
}

/** A look-up that counts how often the central database is asked. */
async function open({ rowsUrl, ...settings }: Partial<TenantLookupSettings> & { readonly rowsUrl?: string } = {}) {
  const url = settings.url ?? urlOf()
  const rows = openTenantRows(rowsUrl ?? url)
  const queries: string[] = []
  const opened: string[] = []
  const tenants: OpenTenantLookup = await openTenantLookup({
    rows: {
      find: (id) => {
        queries.push(id)
        return rows.find(id)
      },
    },
    lend: ({ databaseName }) => {
      opened.push(databaseName)
      throw new Error('No database is opened here')
    },
    plans: planCatalogue(),
    heartbeat: 200,
    ...settings,
    url,
  })
  closing.push(rows.close, tenants.close)
  return { find: async (id: string) => tenants.lookup(id, {}), invalidate: tenants.invalidate, queries, opened }
}

/** How many queries it takes to find a tenant. */
async function queriesOf({ find, queries }: Pick<Awaited<ReturnType<typeof open>>, 'find' | 'queries'>, id: string) {
  const before = queries.length
  await find(id)
  return queries.length - before
}

/** Waits until a tenant is found as it should be; test timeouts end what never comes. */
async function eventually<TResult>(read: () => Promise<TResult>, fits: (result: TResult) => boolean): Promise<TResult> {
  for (;;) {
    const result = await read()
    if (fits(result)) return result
    await delay(20)
  }
}

describe('the look-up of a tenant', () => {
  it('gives its context, and a second time asks nobody', async () => {
    await insert('known')
    const { find, queries } = await open()
    const tenant = await find('known')
    expect(tenant).toMatchObject({
      id: 'known',
      name: '한림대학교',
      plan: 'premium',
      features: { rag: true, quiz: true, custom_branding: false, own_words: true },
      limits: { maxUsers: 10_000 },
      status: 'active',
    })
    expect(tenant?.config).toEqual({ max_users: 5 })
    expect(JSON.stringify(tenant)).not.toContain('tenant_known')
    for (let call = 0; call < 1_000; call += 1) expect((await find('known'))?.id).toBe('known')
    expect(queries).toEqual(['known'])
  })

  it('is one query for all who ask at once', async () => {
    await insert('crowded')
    const { find, queries } = await open()
    const found = await Promise.all(Array.from({ length: 100 }, () => find('crowded')))
    expect(new Set(found).size).toBe(100)
    expect(queries).toEqual(['crowded'])
  })

  it('refuses what it should, without opening anything', async () => {
    for (const status of ['provisioning', 'suspended', 'deleted']) await insert(`is_${status}`, { status })
    const { find, opened, queries } = await open()
    for (let call = 0; call < 2; call += 1) {
      expect(await find('nobody')).toBeUndefined()
      await expect(find('is_provisioning')).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '1' } })
      await expect(find('is_suspended')).rejects.toMatchObject({ status: 403, error: 'TENANT_SUSPENDED' })
      await expect(find('is_deleted')).rejects.toMatchObject({ status: 410, error: 'TENANT_DELETED' })
      await expect(find('Not An Id')).rejects.toMatchObject({ status: 422, error: 'INVALID_TENANT_ID' })
    }
    expect(queries.toSorted()).toEqual(['is_deleted', 'is_provisioning', 'is_suspended', 'nobody'])
    expect(opened).toEqual([])
  })
})

describe('a tenant that changes', () => {
  it('is seen as it is by every process', async () => {
    await insert('changing')
    const processes = [await open({ ttl: 3_600_000 }), await open({ ttl: 3_600_000 })]
    const plans = () => Promise.all(processes.map(async ({ find }) => (await find('changing'))?.plan))
    expect(await plans()).toEqual(['premium', 'premium'])
    await central.query(`update tenants set plan = 'basic' where id = 'changing'`)
    await eventually(plans, (seen) => seen.every((plan) => plan === 'basic'))
    await central.query(
      `insert into subscriptions
          (tenant_id, plan, limits, features, starts_on, auto_renew, term_months, status, opened_at)
        values ('changing', 'basic', '{"maxUsers": 7}', '{"rag": false}', now(), false, 12, 'active', now())`,
    )
    const users = () => Promise.all(processes.map(async ({ find }) => (await find('changing'))?.limits.maxUsers))
    await eventually(users, (seen) => seen.every((limit) => limit === 7))
    await central.query(`update tenants set status = 'suspended' where id = 'changing'`)
    const errors = () => Promise.all(processes.map(({ find }) => find('changing').catch(({ error }) => error)))
    await eventually(errors, (seen) => seen.every((error) => error === 'TENANT_SUSPENDED'))
    await central.query(`delete from tenants where id = 'changing'`)
    await eventually(errors, (seen) => seen.every((tenant) => tenant === undefined))
  })

  it('appears although nobody was known by its id', async () => {
    const { find } = await open({ negativeTtl: 3_600_000 })
    expect(await find('appearing')).toBeUndefined()
    await insert('appearing')
    await eventually(
      () => find('appearing'),
      (tenant) => tenant !== undefined,
    )
  })

  it('is asked for each time while changes are not heard, and all is forgotten that was known', async () => {
    await insert('unheard')
    const { find, queries } = await open({ ttl: 3_600_000 })
    await find('unheard')
    await find('unheard')
    expect(queries).toHaveLength(1)
    const listening = `from pg_stat_activity where query like 'listen %' or query = 'select 1'`
    await central.query(`select pg_terminate_backend(pid) ${listening} and pid <> pg_backend_pid()`)
    await central.query(`update tenants set plan = 'missed' where id = 'unheard'`)
    const tenant = await eventually(
      () => find('unheard'),
      (found) => found?.plan === 'missed',
    )
    expect(tenant?.plan).toBe('missed')
    await eventually(
      () => queriesOf({ find, queries }, 'unheard'),
      (asked) => asked === 0,
    )
  })
})

describe('a central database that does not answer', () => {
  it.each(['pause', 'cut'] as const)('by %s is 503 with Retry-After, and forgotten when it is back', async (way) => {
    const id = `during_${way}`
    await insert(id)
    const proxy: TcpProxy = await startTcpProxy(Number(new URL(server.url).port))
    closing.push(proxy.close)
    const { find } = await open({ url: urlOf(proxy.port), ttl: 3_600_000 })
    await find(id)
    proxy[way]()
    const refusal = await eventually(
      () =>
        find(id).then(
          () => undefined,
          (error: unknown) => error,
        ),
      (error) => error !== undefined,
    )
    expect(refusal).toMatchObject({ error: 'SERVICE_UNAVAILABLE', status: 503, headers: { 'Retry-After': '1' } })
    await central.query(`update tenants set plan = 'changed meanwhile' where id = $1`, [id])
    proxy[way === 'pause' ? 'resume' : 'restore']()
    const back = await eventually(
      () => find(id).catch(() => undefined),
      (tenant) => tenant !== undefined,
    )
    expect(back?.plan).toBe('changed meanwhile')
  })
})

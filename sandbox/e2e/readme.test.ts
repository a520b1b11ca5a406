import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type MultiTenantService, startTemporaryServer } from '@mt-paas/core'
import {
  bearerAuth,
  type MarketCompatOptions,
  restProjection,
  serve,
  signCallback,
  standardApi,
  tenantContext,
} from '@mt-paas/server'
import { errorCodes, lifecycleOperations, operations } from '@mt-paas/server/contract'
import type Koa from 'koa'
import { afterAll, describe, expect, it, vi } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const KEY = 'readme-key'

// Inside the repository, so that the packages are found as in a user's project.
mkdirSync(join(root, '.mt-paas'), { recursive: true })
const folder = mkdtempSync(join(root, '.mt-paas', 'readme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Programs of the README by file name. */
const programs = new Map(
  [...readme.matchAll(/```ts file=(\S+)\n(.*?)```/gs)].map(([, name = '', code = '']) => [name, code]),
)
const commands = [...readme.matchAll(/```sh run\n(.*?)```/gs)].map(([, text = '']) => text)

for (const [name, code] of programs) writeFileSync(join(folder, name), code)

const environment = {
  ...process.env,
  MARKET_API_KEY: KEY,
  MT_JWT_SECRET: 'a secret of at least thirty-two bytes',
  PORT: '0',
}
const node = ['--conditions=mt-paas-source']

async function importProgram(name: string): Promise<{ app: Koa }> {
  return import(join(folder, name))
}

/** Rows of the table whose head begins with `head`; cells without backticks. */
function table(head: string): string[][] {
  const lines = readme.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`))
  const rows = lines.slice(
    start + 2,
    lines.findIndex((line, at) => at > start && !line.startsWith('|')),
  )
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

describe('the README', () => {
  it('has programs that compile', async () => {
    const config = {
      extends: '../../tsconfig.base.json',
      compilerOptions: { composite: false, noEmit: true, rootDir: '../..', customConditions: ['mt-paas-source'] },
      include: ['*.ts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules', '.bin', 'tsc')
    const { stdout } = await run(tsc, ['-p', folder]).catch((failure: { stdout: string }) => failure)
    expect(stdout).toBe('')
  })

  it('has a service that starts, and answers its commands and the market', async () => {
    const service = spawn(process.execPath, [...node, join(folder, 'service.ts')], { env: environment })
    try {
      const [line] = await once(service.stdout, 'data')
      const SERVICE_URL = String(line).match(/http:\S+/)?.[0] ?? ''
      const env = { ...environment, SERVICE_URL }
      for (const command of commands) {
        const { stdout } = await run('sh', ['-ec', command], { env })
        expect(stdout).toContain('"access_url":"https://advisor.example.com/hallym"')
        expect(stdout).toContain('"status":"active","plan":"premium","features":["rag"]')
      }
      const market = await run(process.execPath, [...node, join(folder, 'market.ts')], { env })
      expect(market.stdout).toBe("active [ 'rag' ] 0\n")
    } finally {
      service.kill()
    }
  })

  it('has a service that refuses to start without a key, naming the variable', async () => {
    const { MARKET_API_KEY: _, ...withoutKey } = environment
    const start = run(process.execPath, [...node, join(folder, 'service.ts')], { env: withoutKey })
    await expect(start).rejects.toThrow('MARKET_API_KEY is not set')
  })

  it('has routes of their own that know their tenant', async () => {
    const { app } = await importProgram('own-routes.ts')
    const server = await serve(app)
    const response = await fetch(`${server.url}/hello`, { headers: { 'X-Tenant-ID': 'hallym' } })
    expect(await response.json()).toEqual({ tenant: 'hallym', plan: 'basic' })
    await server.close()
  })

  it('has a router of its own that is served over REST', async () => {
    const { app } = await importProgram('projection.ts')
    const server = await serve(app)
    const response = await fetch(`${server.url}/api/greet/%ED%95%9C%EB%A6%BC?times=2`)
    expect(await response.json()).toEqual({ text: 'Hello 한림! Hello 한림!' })
    await server.close()
  })

  it('has a service with a database per tenant, on the PostgreSQL that is configured', async () => {
    const postgres = await startTemporaryServer()
    vi.stubEnv('CENTRAL_DATABASE_URL', new URL('/central', postgres.url).href)
    vi.stubEnv('MARKET_API_KEY', KEY)
    const { app, mt } = (await importProgram('databases.ts')) as { app: Koa; mt: MultiTenantService }
    await mt.init()
    const server = await serve(app)
    try {
      const headers = { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json', 'X-Tenant-ID': 'hallym' }
      const contact = { email: 'admin@hallym.ac.kr', name: '홍길동' }
      const activation = { tenant_id: 'hallym', tenant_name: '한림대학교', plan: 'basic', features: [], contact }
      const body = JSON.stringify(activation)
      const activated = await fetch(`${server.url}/mt/tenant/hallym/activate`, { method: 'POST', headers, body })
      expect(activated.status).toBe(200)
      const notes = await fetch(`${server.url}/notes`, { method: 'POST', headers })
      expect(await notes.json()).toEqual([{ id: 1, text: 'written by hand' }])
    } finally {
      await server.close()
      await mt.close()
      await postgres.stop()
      vi.unstubAllEnvs()
    }
  })

  it('configures webhooks and callbacks with secrets that are some, and variables that are looked at', async () => {
    const { options }: { options: MarketCompatOptions } = await import(join(folder, 'webhooks.ts'))
    const secrets = [options.webhook?.secret ?? '', options.callback?.secret ?? ''].flat()
    const signed = { id: 'a', timestamp: new Date(0), body: '', secrets }
    expect(signCallback(signed)['webhook-signature'].split(' ')).toHaveLength(3)
    const source = readFileSync(join(root, 'server/src/compat/webhook-options.ts'), 'utf8')
    const variables = (text: string) => new Set(text.match(/\bMT_(?:WEBHOOK|CALLBACK)_\w+/g))
    expect(variables(readme)).toEqual(variables(source))
  })

  it('lists every operation as it is', () => {
    const who = {
      public: 'anyone',
      market: 'market',
      tenant_admin: "market, tenant's admin",
      tenant_user: "market, tenant's users",
    }
    const optional = ['getTopUsers', 'listResources', 'updateSettings', 'getBillingUsage', 'getBillingDetail']
    expect(table('operation')).toEqual(
      Object.entries(operations).map(([name, { method, path, access }]) => [
        name,
        `${method} ${path}`,
        name in lifecycleOperations ? '1' : optional.includes(name) ? '2, optional' : '2',
        who[access],
      ]),
    )
  })

  it('lists every error as it is', () => {
    expect(table('code')).toEqual(
      Object.entries(errorCodes).map(([code, { status, meaning }]) => [
        code,
        code === 'INVALID_REQUEST' ? '422, 400' : String(status),
        meaning,
      ]),
    )
  })

  it('lists options that exist', () => {
    const sources = ['api/api-options.ts', 'compat/market-compat-api.ts']
    const source = sources.map((file) => readFileSync(join(root, 'server/src', file), 'utf8')).join('\n')
    const handlers = ['onApplicationApproved']
    const declared = [...source.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = '']) => name)
    const listed = table('option').map(([name]) => name)
    expect(listed.toSorted()).toEqual(declared.filter((name) => !handlers.includes(name)).sort())
  })

  it('names only what the packages export', () => {
    for (const exported of [bearerAuth, restProjection, standardApi, tenantContext])
      expect(exported).toBeTypeOf('function')
    expect(programs.size).toBe(7)
  })
})

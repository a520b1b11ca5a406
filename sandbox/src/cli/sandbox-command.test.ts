import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTemporaryServer } from '@mt-paas/core'
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Launched, launch, said, stopLaunched } from './launch.test.support.ts'
import { runInProcess } from './run-in-process.test.support.ts'

const Started = z.object({
  url: z.string(),
  page_url: z.string(),
  services: z.array(z.object({ name: z.string(), url: z.string() })),
  tenants: z.array(z.looseObject({ tenant_id: z.string(), access_url: z.string() })),
})
const Opened = z.object({ url: z.string() })
const Listed = z.object({ applications: z.array(z.looseObject({ id: z.number() })) })
const Shown = z.object({ deliveries: z.array(z.object({ id: z.string() })), callbacks: z.unknown() })

const running: Launched[] = []
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-sandbox-'))
})

afterEach(() => stopLaunched(running))
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = launch(args, { env, cwd: folder })
  running.push(program)
  return program
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runInProcess(args, { env, cwd: folder })
}

const FREE_PORTS = ['--port', '0', '--advisor-port', '0', '--chatbot-port', '0'] as const
const START = ['sandbox', ...FREE_PORTS, '--data-dir', 'kept'] as const
const PID_FILE = ['kept', 'postgres', 'cluster', 'postmaster.pid'] as const

/** The status of using an address of the page. */
async function logIn(page: string): Promise<number> {
  const { origin, hash } = new URL(page)
  const { status } = await fetch(`${origin}/console/trpc/session.exchangeToken`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  })
  return status
}

/** Starting everything takes seconds, but for a machine with much else to do. In ms. */
const PATIENCE = 240_000

describe('mt-paas sandbox', { timeout: PATIENCE }, () => {
  it('makes a tenant at each service at the first start and uses them again at the second', async () => {
    const first = await run([...START, '--once', '--json'])
    expect(first.code, first.stderr).toBe(0)
    const { services, tenants, page_url } = Started.parse(JSON.parse(first.stdout))
    expect(services.map(({ name }) => name)).toEqual(['advisor', 'chatbot'])
    const made = { tenant_name: '한림대학교', status: 'active', plan: 'demo', users: 1, reused: false }
    const administrators = ['홍길동 <admin@hallym.ac.kr>']
    expect(tenants).toMatchObject([
      { ...made, service: 'advisor', administrators },
      { ...made, service: 'chatbot', administrators },
    ])
    expect(page_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=\S{40,}$/)
    expect(first.stderr).toContain('Preparing PostgreSQL for its first use')
    expect(first.stderr).not.toContain('\u001B')

    const second = await run([...START, '--once', '--lang', 'ko'])
    expect(second.code, second.stderr).toBe(0)
    for (const { tenant_id } of tenants) {
      expect(second.stderr).toContain(`테넌트 ${tenant_id}이(가) 이미 있습니다`)
      expect(second.stdout).toMatch(new RegExp(`│ ${tenant_id} +│ 한림대학교 +│ demo +│ 1 +│ http`))
    }
    const rows = second.stdout.split('\n').filter((row) => row.includes('│') && row.includes('?tenant='))
    expect(new Set(rows.map((row) => stringWidth(row))).size).toBe(1)
    for (const secret of ['market-api-key', 'service-secrets.json']) {
      expect((await stat(join(folder, 'kept', secret))).mode & 0o077).toBe(0)
    }
  })

  it('stays up until it is told to stop, then stops everything and ends well', async () => {
    const sandbox = start([...START, '--json'], { MARKET_API_KEY: 'new-key,old-key' })
    await said(sandbox, 'Press Ctrl-C')
    await said(sandbox, '\n}\n', 'stdout')
    const { url, page_url, services, tenants } = Started.parse(JSON.parse(sandbox.output.stdout))
    for (const [index, { tenant_id, access_url }] of tenants.entries()) {
      expect(await (await fetch(access_url)).text()).toContain('한림대학교')
      for (const key of ['new-key', 'old-key']) {
        const path = `/mt/tenant/${tenant_id}/users`
        const answer = await fetch(services[index]?.url + path, { headers: { 'X-Market-API-Key': key } })
        expect(answer.status).toBe(200)
      }
    }
    const opened = await run(['open', '--json', '--url', url])
    for (const page of [page_url, Opened.parse(JSON.parse(opened.stdout)).url]) {
      expect([await logIn(page), await logIn(page)]).toEqual([200, 401])
    }
    const listed = await run(['applications', '--json', '--url', url])
    const { applications } = Listed.parse(JSON.parse(listed.stdout))
    expect(applications).toMatchObject([
      { kind: 'demo', status: 'completed', state: 'provisioned' },
      { kind: 'demo', status: 'completed', state: 'provisioned' },
    ])
    const catalogue = await run(['services', '--json', '--url', url])
    const secrets = { is_signed: true, checks_key: true, checks_signature: true }
    expect(JSON.parse(catalogue.stdout)).toMatchObject({ services: [secrets, secrets] })
    for (const { id } of applications) {
      const own = await run(['show', String(id), '--json', '--url', url])
      const { deliveries, callbacks } = Shown.parse(JSON.parse(own.stdout))
      expect(callbacks).toMatchObject([{ verdict: 'accepted', success: true, application_id: id }])
      const sent = await run(['show', deliveries[0]?.id ?? '', '--json', '--url', url])
      const { attempts_made } = z.object({ attempts_made: z.array(z.unknown()) }).parse(JSON.parse(sent.stdout))
      expect(attempts_made[0]).toMatchObject({
        request: { headers: { 'webhook-signature': expect.stringMatching(/^v1,/) } },
        response: { status: 200 },
      })
    }
    const forged = await run(['trigger', 'wrong-signature', '--json', '--url', url])
    expect(forged).toMatchObject({ code: 0, stdout: expect.stringContaining('"status_code": 401') })
    const subscribed = await run(['subscriptions', '--json', '--url', url])
    expect(JSON.parse(subscribed.stdout)).toMatchObject({ subscriptions: [{ status: 'active' }, { status: 'active' }] })
    const shown = await run(['demo', '--service', 'chatbot', '--url', url])
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/│ Demo +│ Completed +│/) })
    const other = await run([...START, '--once'])
    expect(other).toMatchObject({ code: 1, stdout: '' })
    expect(other.stderr).toContain('choose another data directory')

    sandbox.child.kill('SIGINT')
    const { code, stderr } = await sandbox.exited
    expect(code).toBe(0)
    expect(stderr).toContain('Everything has stopped.')
    expect(stderr).not.toContain('new-key')
    for (const stopped of [url, ...services.map((one) => one.url)]) {
      await expect(fetch(stopped)).rejects.toThrow()
    }
    await expect(readFile(join(folder, ...PID_FILE))).rejects.toThrow('ENOENT')
  })

  it('that is interrupted before it is up leaves nothing running', async () => {
    const sandbox = start(START)
    await said(sandbox, 'Starting PostgreSQL')
    sandbox.child.kill('SIGINT')
    const { code, stdout, stderr } = await sandbox.exited
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toContain('Interrupted.')
    await expect(readFile(join(folder, ...PID_FILE))).rejects.toThrow('ENOENT')
  })

  it('names the port that is taken and the option for another, and starts nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const options = ['--port', '--advisor-port', '--chatbot-port', '--postgres-port']
    for (const option of options) {
      const { code, stdout, stderr } = await run([...START, option, String(port)])
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toBe(`Port ${port} on 127.0.0.1 is taken by another program. Choose another with ${option}.\n`)
    }
    other.close()
  })

  it('uses the server of CENTRAL_DATABASE_URL, and says when that cannot be reached', async () => {
    const server = await startTemporaryServer()
    const args = ['sandbox', '--once', '--json', ...FREE_PORTS, '--data-dir', 'external']
    const made = await run(args, { CENTRAL_DATABASE_URL: server.url })
    expect(made.code, made.stderr).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({
      tenants: [{ status: 'active', reused: false }, { status: 'active' }],
    })
    await expect(stat(join(folder, 'external', 'postgres'))).rejects.toThrow('ENOENT')
    await server.stop()
    const gone = await run(args, { CENTRAL_DATABASE_URL: server.url })
    expect(gone).toMatchObject({ code: 1, stdout: '' })
    expect(gone.stderr).toContain('The PostgreSQL of CENTRAL_DATABASE_URL cannot be used')
    expect(gone.stderr).not.toContain(new URL(server.url).password)
  })
})

describe('the command line', () => {
  it('shows help on request, in the language asked for', async () => {
    const [all, sandbox] = await Promise.all([
      run(['--help'], { LANG: 'ko_KR.UTF-8' }),
      run(['sandbox', '--help', '--lang', 'ko']),
    ])
    expect(all).toMatchObject({ code: 0, stderr: '' })
    expect(all.stdout).toContain('사용법: mt-paas')
    expect(sandbox).toMatchObject({ code: 0, stderr: '' })
    expect(sandbox.stdout).toContain('--data-dir <폴더>')
  })

  it('refuses what it does not know with usage and exit code 2', async () => {
    const [option, command, nothing] = await Promise.all([run(['sandbox', '--colour']), run(['sandbx']), run([])])
    expect(option).toMatchObject({ code: 2, stdout: '' })
    expect(option.stderr).toMatch(/^Unknown option: --colour\n\nUsage: mt-paas sandbox/)
    expect(command).toMatchObject({ code: 2, stdout: '' })
    expect(command.stderr).toMatch(/^Unknown command: sandbx\n\nUsage: mt-paas <command>/)
    expect(nothing).toMatchObject({ code: 2, stdout: '' })
  })

  it('says its version without loading what commands need', async () => {
    const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
    const manifest: { readonly version: string } = JSON.parse(text)
    const hook = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module'
      registerHooks({
        load(url, context, next) {
          if (/@mikro-orm|node_modules.pg|node_modules.koa|@trpc|node_modules.zod/.test(url)) throw new Error(url)
          return next(url, context)
        },
      })`)}`
    for (const [args, stdout] of [
      [['--version'], `${manifest.version}\n`],
      [['tenants', '--help'], expect.stringContaining('Usage: mt-paas tenants')],
    ] as const) {
      const answer = await launch(args, { env: { NODE_OPTIONS: `--import=${hook}` } }).exited
      expect(answer).toMatchObject({ code: 0, stdout, stderr: '' })
    }
  })
})

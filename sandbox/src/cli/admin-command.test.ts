import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openMultiTenant, startEmbeddedServer, startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { launch } from './launch.test.support.ts'
import { runInProcess } from './run-in-process.test.support.ts'

const History = z.object({ events: z.array(z.object({ to: z.string(), actor: z.string() })) })
const Filled = z.object({ tenants: z.array(z.looseObject({ messages: z.number() })) })

let server: TemporaryServer
let folder: string

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startTemporaryServer(), mkdtemp(join(tmpdir(), 'mt-paas-admin-'))])
})

afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

function urlOf(database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

const wordsOf = (line: string) => line.match(/[^ "]+|"[^"]*"/g)?.map((word) => word.replaceAll('"', '')) ?? []
const environment = (env: Readonly<Record<string, string>>) => ({
  LANG: 'C.UTF-8',
  CENTRAL_DATABASE_URL: urlOf('central'),
  ...env,
})

const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  runInProcess(wordsOf(line), { env: environment(env), cwd: folder })

const json = async (line: string): Promise<unknown> => JSON.parse((await run(`${line} --json`)).stdout)

describe('mt-paas tenants', () => {
  it('takes a tenant through its life', async () => {
    const made = await run(
      'tenants create hallym --name 한림대학교 --plan premium --email a@hallym.ac.kr --contact 홍길동',
    )
    expect(made).toEqual({ code: 0, stdout: 'Made the tenant hallym.\n', stderr: '' })
    await run('tenants create other --features a,b')
    const list = await run('tenants list --lang ko')
    expect(list.code).toBe(0)
    expect(list.stdout).toMatch(/│ hallym +│ 한림대학교 +│ 이용 중 +│ premium/)
    const table = list.stdout.split('\n').filter((row) => /^[│┌├└]/.test(row))
    expect(new Set(table.map((row) => stringWidth(row))).size).toBe(1)
    expect(list.stdout).toContain('테넌트 2개 중 2개')
    expect(await json('tenants list --plan premium')).toMatchObject({
      tenants: [{ tenant_id: 'hallym', tenant_name: '한림대학교', status: 'active', database: 'tenant_hallym' }],
      total: 1,
      next: null,
    })
    const { next } = z.object({ next: z.string() }).parse(await json('tenants list --limit 1'))
    expect(await json(`tenants list --limit 1 --after ${next}`)).toMatchObject({ tenants: [{ tenant_id: 'other' }] })

    const steps: readonly (readonly [string, string])[] = [
      ['suspend hallym --reason "not paid"', 'suspended'],
      ['activate hallym', 'active'],
      ['delete hallym', 'deleted'],
      ['restore hallym', 'active'],
      ['delete hallym --hard --yes', 'purged'],
    ]
    for (const [step, status] of steps)
      expect(await json(`tenants ${step}`)).toMatchObject({ tenant_id: 'hallym', status })
    const { events } = History.parse(await json('tenants show hallym'))
    expect(events.map(({ to }) => to)).toContain('suspended')
    expect(events.every(({ actor }) => actor === 'command')).toBe(true)
    expect(await run('tenants show other')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/│ Features +│ a, b +│\n/),
    })
  })

  it('says what is wrong and ends with 1', async () => {
    expect(await run('tenants show nobody')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Failed: Tenant nobody not found\n',
    })
    expect(await run('tenants show nobody --lang ko')).toMatchObject({
      code: 1,
      stderr: '실패했습니다: 테넌트를 찾을 수 없습니다: nobody\n',
    })
    expect(await run('tenants restore other --lang ko')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'이용 중' 상태여서 '이용 중' 상태로 바꿀 수 없습니다"),
    })
    expect(await run('tenants create Not-An-Id')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('tenant id is'),
    })
    expect(await run('tenants create x --plan gold')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No plan'),
    })
    expect(await run('tenants restore other')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot become'),
    })
  })
})

describe('mt-paas seed', () => {
  it('fills the tenants of a sample, each once', async () => {
    const central = { CENTRAL_DATABASE_URL: urlOf('chatbot_central') }
    expect((await run('tenants create filled --service chatbot', central)).code).toBe(0)
    const line = 'seed filled --service chatbot --days 3 --users 4 --json'
    const first = await run(line, central)
    expect([first.code, first.stderr]).toEqual([0, expect.stringMatching(/^Filled 1 tenants with \d+ messages/)])
    const { tenants } = Filled.parse(JSON.parse(first.stdout))
    expect(tenants[0]).toMatchObject({ tenant_id: 'filled', users: 4 })
    expect(tenants[0]?.messages).toBeGreaterThan(0)
    const again = await run(line.replace(' filled', ''), central)
    expect(JSON.parse(again.stdout)).toMatchObject({ tenants: [{ tenant_id: 'filled', users: 0, messages: 0 }] })
  })
})

describe('mt-paas servers and tenants move', () => {
  it('add a server and move a tenant there', async () => {
    const central = { CENTRAL_DATABASE_URL: urlOf('moving_central') }
    const second = await startTemporaryServer()
    try {
      await run('tenants create wanders', central)
      const added = await run(`servers add second ${second.url}`, central)
      expect(added).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/│ second +│ Open +│ 2000 +│ 127\.0\.0\.1:/),
      })
      expect(added.stdout).not.toContain(new URL(second.url).password)
      const moved = await run('tenants move wanders second --remove-old', central)
      expect(moved).toMatchObject({ code: 0, stdout: 'Moved the tenant wanders to the server second.\n' })
      const closed = await run('servers close central --json', central)
      expect(JSON.parse(closed.stdout)).toMatchObject({
        servers: [{ id: 'central', state: 'closed' }, { id: 'second' }],
      })
      expect((await run('doctor', central)).stdout).toBe('Nothing is wrong.\n')
      expect(await run('servers add second secret-of-nobody', central)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: 'Failed: url must be a connection string such as postgres://user:password@host:5432/\n',
      })
      expect((await run('servers --lang ko', central)).stdout).toMatch(/│ central +│ 닫힘 +│.*\n.*│ second +│ 열림 +│/)
      expect(await run('tenants move wanders nowhere', central)).toMatchObject({
        code: 1,
        stderr: 'Failed: There is no server nowhere\n',
      })
    } finally {
      await second.stop()
    }
  })

  it('show where servers are, by a socket as well, and which has an address that is none', async () => {
    const central = { CENTRAL_DATABASE_URL: urlOf('addresses_central') }
    const mt = await openMultiTenant({
      centralUrl: urlOf('addresses_central'),
      tenantEntities: [],
      tenantMigrations: [],
    })
    await mt.databases.servers.add({ id: 'near', url: 'postgres://localhost/postgres?host=/run/postgresql' })
    await mt.databases.servers.add({ id: 'odd', url: 'postgres://somewhere/' })
    await mt.databases.central().execute(`update servers set url = 'written by hand' where id = 'odd'`)
    await mt.close()
    const listed = await run('servers list', central)
    expect(listed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/│ near .*│ \/run\/postgresql +│\n│ odd .*│ \? +│/),
    })
    expect(JSON.parse((await run('servers list --json', central)).stdout)).toMatchObject({
      servers: [{ host: new URL(server.url).host }, { host: '/run/postgresql' }, { host: null }],
    })
  })
})

describe('mt-paas migrate and doctor', () => {
  it('bring a fleet up to date and find what does not fit', async () => {
    const central = { CENTRAL_DATABASE_URL: urlOf('notes_central') }
    const module = (names: readonly string[]) => `
      import { Migration } from '@mt-paas/core'
      class CreateNotes extends Migration { up() { this.addSql('create table notes (id text primary key)') } }
      class AddTags extends Migration { up() { this.addSql('create table tags (id text primary key)') } }
      export const tenantEntities = []
      export const tenantMigrations = [${names.map((name) => `{ name: '${name}', class: ${name} }`).join(', ')}]`
    // Beside the sources, where the package is found.
    const file = (name: string) => fileURLToPath(new URL(`${name}-${process.pid}.test.mjs`, import.meta.url))
    const [first, service] = [file('first-service'), file('service')]
    try {
      await writeFile(first, module(['CreateNotes']))
      await writeFile(service, module(['CreateNotes', 'AddTags']))
      for (const id of ['n1', 'n2'])
        expect(await run(`tenants create ${id} --service ${first}`, central)).toMatchObject({ code: 0 })
      expect(await run(`migrate --service ${first}`, central)).toMatchObject({
        code: 0,
        stdout: 'Every tenant has the newest schema.\n',
        stderr: '',
      })
      const plan = await run(`migrate --dry-run --service ${service}`, central)
      expect(plan).toMatchObject({ code: 0, stdout: expect.stringMatching(/│ n1 +│ \w+ +│ AddTags/) })
      const migrated = await run(`migrate --json --service ${service}`, central)
      expect([migrated.code, migrated.stderr]).toEqual([0, ''])
      expect(JSON.parse(migrated.stdout)).toMatchObject({ total: 2, migrated: 2, failed: [], busy: [], stopped: null })
      expect(await run(`migrate --drift --service ${service}`, central)).toMatchObject({
        code: 0,
        stdout: 'The schemas of 2 tenants are as the migrations make them.\n',
      })
      expect(await run(`doctor --service ${service}`, central)).toMatchObject({
        code: 0,
        stdout: 'Nothing is wrong.\n',
      })

      const { databases, close } = await openMultiTenant({
        centralUrl: central.CENTRAL_DATABASE_URL,
        tenantEntities: [],
        tenantMigrations: [],
        background: false,
        warmDatabases: 0,
      })
      await databases.central().execute('grant connect on database tenant_n1 to public')
      await close()
      const found = await run(`doctor --service ${service}`, central)
      expect(found).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/every role may connect +│ tenant_n1 .*--fix repairs it/),
      })
      const fixed = await run(`doctor --fix --json --service ${service}`, central)
      expect(fixed.code).toBe(0)
      expect(JSON.parse(fixed.stdout)).toMatchObject({
        findings: [{ kind: 'public-connect', name: 'tenant_n1', fixed: true }],
      })
    } finally {
      await Promise.all([first, service].map((path) => rm(path, { force: true })))
    }
  })
})

describe('the commands of administrators', () => {
  it('refuse what they do not know with usage and exit code 2', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['tenants', /^Usage: mt-paas tenants/],
      ['tenants remove x', /^Unknown command: remove\n\nUsage: mt-paas tenants/],
      ['tenants show', /^Missing argument: <id>\n/],
      ['tenants list extra', /^Unexpected argument: extra\n/],
      ['tenants list --status gone', /^--status must be one of pending, provisioning/],
      ['tenants list --limit 0', /^--limit must be a number from 1 to 500\n/],
      ['tenants list --constructor', /^Unknown option: --constructor\n/],
      ['tenants suspend x', /^Missing argument: --reason\n/],
      ['tenants delete x --hard', /^--hard removes the data for good/],
      ['migrate --concurrency', /^Option needs a value: --concurrency\n/],
      ['migrate --max-failures 1.5', /^--max-failures must be a number from 0 to 1\n/],
      ['doctor --lang jp', /^--lang must be ko or en: jp\n/],
      ['doctor --service nothing.js', /^nothing\.js exports no tenantEntities/],
    ]
    const answers = await Promise.all(cases.map(([line]) => run(line)))
    expect(answers.map(({ code, stdout }) => [code, stdout])).toEqual(cases.map(() => [2, '']))
    for (const [index, [, said]] of cases.entries()) expect(answers[index]?.stderr).toMatch(said)
    const help = await run('tenants --help --lang ko')
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('사용법: mt-paas tenants') })
  })

  it('say what is wrong in the environment without its secrets', async () => {
    const wrong = await run('doctor', { MT_DB_PASSWORD: 'hunter2', MT_DB_PORT: 'hunter2' })
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('- MT_DB_PORT must be') })
    expect(wrong.stderr).not.toContain('hunter2')
    const korean = await run('doctor --lang ko', { MT_DB_PASSWORD: 'hunter2', MT_DB_PORT: 'hunter2' })
    expect(korean.stderr).toMatch(/^설정이 올바르지 않습니다:\n- MT_DB_PORT: 1부터 65535까지의 정수여야 합니다\n/)
    expect(korean.stderr).not.toMatch(/[a-z]{4,} be /)
    const gone = await run('tenants list', { CENTRAL_DATABASE_URL: 'postgres://root:hunter2@127.0.0.1:1/central' })
    expect(gone).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Failed: ') })
    expect(gone.stderr).not.toContain('hunter2')
  })

  it('start the embedded PostgreSQL, or use the one that runs', async () => {
    const env = { CENTRAL_DATABASE_URL: '', MT_DATA_DIR: join(folder, 'data') }
    const embedded = await startEmbeddedServer({ dataDir: join(folder, 'data', 'postgres'), durable: false })
    const list = { code: 0, stdout: expect.stringContaining('0 of 0 tenants'), stderr: '' }
    expect(await run('tenants list', env)).toEqual(list)
    await embedded.stop()
    expect(await run('tenants list', env)).toEqual(list)
  })

  it('are programs', async () => {
    const env = environment({ CENTRAL_DATABASE_URL: urlOf('of_a_program') })
    const { code, stdout } = await launch(['tenants', 'list', '--json'], { env }).exited
    expect([code, JSON.parse(stdout)]).toEqual([0, { tenants: [], total: 0, next: null }])
  })
})

import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTemporaryServer } from '@mt-paas/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Launched, launch, said, stopLaunched } from './launch.test.support.ts'
import { runInProcess } from './run-in-process.test.support.ts'

const running: Launched[] = []
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-demo-'))
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

const ONCE = ['demo', '--once', '--port', '0', '--data-dir', 'kept'] as const

describe('mt-paas demo', () => {
  it('makes the tenant at the first start and uses it again at the second', async () => {
    const first = await start([...ONCE, '--json']).exited
    expect(first).toMatchObject({ code: 0 })
    const made = JSON.parse(first.stdout)
    expect(made).toMatchObject({
      tenant_name: '한림대학교',
      database: `tenant_${made.tenant_id}`,
      status: 'active',
      plan: 'demo',
      users: 1,
      administrators: ['홍길동 <admin@hallym.ac.kr>'],
      reused: false,
      stats: { total_users: 1, total_messages: 0 },
    })
    expect(first.stderr).toContain('Preparing PostgreSQL for its first use')
    expect(first.stderr).not.toContain('\u001B')

    const second = await run([...ONCE, '--lang', 'ko'])
    expect(second).toMatchObject({ code: 0 })
    expect(second.stderr).toContain(`이미 있는 테넌트 ${made.tenant_id}를 다시 사용합니다`)
    expect(second.stdout).toMatch(new RegExp(`^┌─+┬─+┐\n│ 테넌트 +│ ${made.tenant_id} +│\n`))
    const key = await stat(join(folder, 'kept', 'market-api-key'))
    expect(key.mode & 0o077).toBe(0)
  })

  it('stays up until it is told to stop, then stops everything and ends well', async () => {
    const demo = start(['demo', '--port', '0', '--data-dir', 'kept', '--json'], { MARKET_API_KEY: 'new-key,old-key' })
    await said(demo, 'Press Ctrl-C')
    const { tenant_id, access_url, service_url } = JSON.parse(demo.output.stdout)
    expect(await (await fetch(access_url)).text()).toContain('한림대학교')
    for (const key of ['new-key', 'old-key']) {
      const headers = { 'X-Market-API-Key': key }
      expect((await fetch(`${service_url}/mt/tenant/${tenant_id}/users`, { headers })).status).toBe(200)
    }
    const other = await run(ONCE)
    expect(other).toMatchObject({ code: 1, stdout: '' })
    expect(other.stderr).toContain('choose another data directory')

    demo.child.kill('SIGINT')
    const { code, stderr } = await demo.exited
    expect(code).toBe(0)
    expect(stderr).toContain('Everything has stopped.')
    expect(stderr).not.toContain('new-key')
    await expect(fetch(service_url)).rejects.toThrow()
    await expect(readFile(join(folder, 'kept', 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })

  it('that is interrupted before it is up leaves nothing running', async () => {
    const demo = start([...ONCE])
    await said(demo, 'Starting PostgreSQL')
    demo.child.kill('SIGINT')
    const { code, stdout, stderr } = await demo.exited
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toContain('Interrupted.')
    await expect(readFile(join(folder, 'kept', 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })

  it('names the port that is taken and the option for another', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, stderr } = await run(['demo', '--once', '--port', String(port), '--data-dir', 'kept'])
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port.`)
    await expect(readFile(join(folder, 'kept', 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })

  it('uses the server of CENTRAL_DATABASE_URL, and says when that cannot be reached', async () => {
    const server = await startTemporaryServer()
    const central = new URL(server.url)
    central.pathname = '/my_central'
    const args = ['demo', '--once', '--json', '--port', '0', '--data-dir', 'external']
    const made = await run(args, { CENTRAL_DATABASE_URL: central.href })
    expect(made).toMatchObject({ code: 0 })
    expect(JSON.parse(made.stdout)).toMatchObject({ status: 'active', reused: false })
    await expect(stat(join(folder, 'external', 'postgres'))).rejects.toThrow('ENOENT')
    await server.stop()
    const gone = await run(args, { CENTRAL_DATABASE_URL: central.href })
    expect(gone).toMatchObject({ code: 1, stdout: '' })
    expect(gone.stderr).toContain('The PostgreSQL of CENTRAL_DATABASE_URL cannot be used')
    expect(gone.stderr).not.toContain(central.password)
  })
})

describe('the command line', () => {
  it('shows help on request, in the language asked for', async () => {
    const [all, demo] = await Promise.all([
      run(['--help'], { LANG: 'ko_KR.UTF-8' }),
      run(['demo', '--help', '--lang', 'ko']),
    ])
    expect(all).toMatchObject({ code: 0, stderr: '' })
    expect(all.stdout).toContain('사용법: mt-paas')
    expect(demo).toMatchObject({ code: 0, stderr: '' })
    expect(demo.stdout).toContain('--data-dir <폴더>')
  })

  it('refuses what it does not know with usage and exit code 2', async () => {
    const [option, command, nothing] = await Promise.all([run(['demo', '--colour']), run(['dmeo']), run([])])
    expect(option).toMatchObject({ code: 2, stdout: '' })
    expect(option.stderr).toMatch(/^Unknown option: --colour\n\nUsage: mt-paas demo/)
    expect(command).toMatchObject({ code: 2, stdout: '' })
    expect(command.stderr).toMatch(/^Unknown command: dmeo\n\nUsage: mt-paas <command>/)
    expect(nothing).toMatchObject({ code: 2, stdout: '' })
  })

  it('says its version', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` })
  })
})

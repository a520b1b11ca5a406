import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFERENCE_KEY } from '../conformance/mutant/reference-key.ts'
import { type ReferenceService, startReference } from '../conformance/mutant/reference-service.ts'
import { launch, said } from './launch.test.support.ts'
import { runInProcess } from './run-in-process.test.support.ts'

let folder: string
let service: ReferenceService

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-verify-'))
  service = await startReference()
})

afterAll(async () => {
  await service.close(0)
  await rm(folder, { recursive: true, force: true })
})

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`

const ENVIRONMENT = { MARKET_API_KEY: REFERENCE_KEY }

function run(...args: readonly string[]) {
  return runInProcess(['verify', ...args], { env: ENVIRONMENT, cwd: folder })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

describe('mt-paas verify', () => {
  it('passes a good service, and writes data on stdout only', async () => {
    const args = ['verify', service.url, '--only', 'classic,health', '--json', '--seed', 'one']
    const { code, stdout, stderr } = await launch(args, { env: ENVIRONMENT, cwd: folder }).exited
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'passed', seed: 'one', classic: { score: 100 } })
    expect(stdout).not.toContain(REFERENCE_KEY)
  })

  it('fails a service with another key, in the language asked for, without colours', async () => {
    const { code, stdout } = await run(service.url, '--only', 'classic', '--api-key', 'other', '--lang', 'ko')
    expect(code).toBe(1)
    expect(stdout).toContain('결과: 실패')
    expect(stdout).toMatch(/기본 다섯 가지 {2} 40\/100/)
    expect(stdout).not.toContain('\u001B')
  })

  it('writes the reports asked for, and takes one of them as a baseline', async () => {
    const args = [
      service.url,
      '--only',
      'classic',
      '--api-key',
      'other',
      '--report',
      'json,junit,html,har,badge',
      '--out',
      'reports/one',
    ]
    const first = await run(...args)
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('Wrote reports/one/conformance.html')
    expect((await readdir(join(folder, 'reports/one'))).sort()).toEqual([
      'conformance.har',
      'conformance.html',
      'conformance.json',
      'conformance.junit.xml',
      'conformance.svg',
    ])
    const again = await run(...args.slice(0, 5), '--baseline', 'reports/one/conformance.json')
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('(known failure)')
  })

  it('says why it could not test, with exit code 2', async () => {
    await writeFile(join(folder, 'no-report.json'), '{}')
    const runs = await Promise.all([
      run('http://example.com'),
      run('http://127.0.0.1:9'),
      run('nowhere'),
      run(service.url, '--only', 'unicorns'),
      run(service.url, '--baseline', 'no-report.json'),
      run('--colour'),
    ])
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual(runs.map(() => [2, '']))
    expect(runs.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      'example.com is not this computer. Checks make and remove tenants; allow it with --allow-remote.',
      'http://127.0.0.1:9 does not answer',
      'Not an http or https address: nowhere',
      'No check has this id, area, rule or level: unicorns',
      'Not a report of mt-paas verify: no-report.json',
      'Unknown option: --colour',
    ])
  })
})

describe('mt-paas verify --run', () => {
  const script = (port: number) =>
    `require('http').createServer((q, r) => r.end('{"status":"ok"}')).listen(${port}, '127.0.0.1')`

  it('starts the service, waits for it, and leaves nothing running', async () => {
    const port = await freePort()
    await writeFile(join(folder, 'service.cjs'), `setTimeout(() => { ${script(port)} }, 300)`)
    const url = `http://127.0.0.1:${port}`
    const { code, stdout, stderr } = await run(
      url,
      '--only',
      'classic-health',
      '--run',
      `"${process.execPath}" service.cjs`,
    )
    expect({ code, stderr: stderr.split(':')[0] }).toEqual({ code: 0, stderr: 'Starting' })
    expect(stdout).toContain('classic-health')
    await expect(fetch(url)).rejects.toThrow()
  })

  it('tells the service the secrets that it is verified with, and nobody else', async () => {
    const [port, callbackPort] = [await freePort(), await freePort()]
    const wrote = `require('fs').writeFileSync('told.json', JSON.stringify(process.env))`
    await writeFile(join(folder, 'told.cjs'), `${wrote}; ${script(port)}`)
    const { code, stdout, stderr } = await run(
      ...[`http://127.0.0.1:${port}`, '--only', 'classic-health', '--api-key', 'own'],
      ...['--webhook-secret', SECRET, '--service-key', 'svc', '--callback-secret', SECRET],
      ...['--callback-port', `${callbackPort}`, '--run', `"${process.execPath}" told.cjs`],
    )
    expect(code).toBe(0)
    expect(JSON.parse(await readFile(join(folder, 'told.json'), 'utf8'))).toMatchObject({
      MARKET_API_KEY: 'own',
      MT_WEBHOOK_SECRET: SECRET,
      MT_CALLBACK_ORIGINS: `http://127.0.0.1:${callbackPort}`,
      MT_CALLBACK_KEY: 'svc',
      MT_CALLBACK_SECRET: SECRET,
    })
    expect(`${stdout}${stderr}`).not.toContain(SECRET)
  })

  it('says so when the port of callbacks is taken', async () => {
    const { port } = service
    const { code, stdout, stderr } = await run(service.url, '--callback-port', `${port}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`port ${port} is taken`)
  })

  it('refuses an address where something answers already', async () => {
    const { code, stderr } = await run(service.url, '--run', 'sleep 60')
    expect(code).toBe(2)
    expect(stderr).toContain(`Something answers at ${service.url} already`)
  })

  it('is interrupted with 130, and stops what it has started', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    await writeFile(
      join(folder, 'mute.cjs'),
      `console.error('up'); ${script(port).replace(`r.end('{"status":"ok"}')`, 'undefined')}`,
    )
    const waiting = launch(['verify', url, '--run', `"${process.execPath}" mute.cjs`], {
      env: ENVIRONMENT,
      cwd: folder,
    })
    await said(waiting, 'up')
    waiting.child.kill('SIGINT')
    const { code, stdout, stderr } = await waiting.exited
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toContain('Interrupted.')
    await expect(fetch(url)).rejects.toThrow()
  })

  it('says so when the service ends before it answers', async () => {
    const { code, stderr } = await run(`http://127.0.0.1:${await freePort()}`, '--run', 'exit 7')
    expect(code).toBe(2)
    expect(stderr).toContain('The service ended before it answered (7)')
  })
})

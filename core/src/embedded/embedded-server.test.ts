import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, type EmbeddedServerStep, startEmbeddedServer } from './embedded-server.ts'
import { freePort } from './port.ts'

let dataDir: string
const started: EmbeddedServer[] = []

async function newFolder() {
  dataDir = await mkdtemp(join(tmpdir(), 'mt-paas-embedded-'))
}

const removeFolder = () => rm(dataDir, { recursive: true, force: true })

async function stopStarted() {
  await Promise.all(started.splice(0).map((server) => server.stop()))
}

async function start(steps: EmbeddedServerStep[] = []) {
  const server = await startEmbeddedServer({ dataDir, durable: false, onProgress: (step) => steps.push(step) })
  started.push(server)
  return server
}

async function query<TRow extends object>(url: string, sql: string): Promise<TRow[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('an embedded server that is new', () => {
  beforeEach(newFolder)
  afterEach(async () => {
    await stopStarted()
    await removeFolder()
  })

  it('is made once, keeps its data between runs and can be stopped twice', async () => {
    const first: EmbeddedServerStep[] = []
    const server = await start(first)
    await query(server.url, `create table kept as select '한림대학교' as name`)
    await Promise.all([server.stop(), server.stop()])
    await server.stop()

    const second: EmbeddedServerStep[] = []
    const again = await start(second)

    expect(first).toEqual(['initialising', 'starting', 'ready'])
    expect(second).toEqual(['starting', 'ready'])
    expect(await query(again.url, 'select name from kept')).toEqual([{ name: '한림대학교' }])
  })

  it('is made after a start that was cut off before it had a password', async () => {
    await writeFile(join(dataDir, 'password-0123456789ab'), '')
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('is started by one of several processes that start it for the first time at once', async () => {
    const starts = await Promise.allSettled([start(), start(), start()])
    const refused = starts.flatMap((one) => (one.status === 'rejected' ? [one.reason.problem ?? one.reason] : []))
    expect(refused).toEqual(['in-use', 'in-use'])
  })
})

describe('an embedded server', () => {
  beforeAll(newFolder)
  afterEach(stopStarted)
  afterAll(removeFolder)

  it('has Unicode text, listens on 127.0.0.1 only, recovers by syncfs, and keeps its password from others', async () => {
    const server = await start()
    const [settings] = await query(
      server.url,
      `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens,
        current_setting('unix_socket_directories') as sockets, current_setting('recovery_init_sync_method') as recovery,
        lower('ÄÖ') as lower, current_setting('fsync') as fsync`,
    )
    expect(settings).toEqual({
      encoding: 'UTF8',
      listens: '127.0.0.1',
      sockets: '',
      recovery: 'syncfs',
      lower: 'äö',
      fsync: 'off',
    })
    const { mode } = await stat(join(dataDir, 'password'))
    expect(mode & 0o077).toBe(0)
    const wrong = new URL(server.url)
    wrong.password = 'wrong'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  it('names the port that is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    try {
      await expect(startEmbeddedServer({ dataDir, port, durable: false })).rejects.toThrow(`Port ${port} on 127.0.0.1`)
    } finally {
      other.close()
    }
  })

  it('refuses data that a living process uses, and a folder with files of someone else', async () => {
    await start()
    await expect(startEmbeddedServer({ dataDir })).rejects.toMatchObject({ problem: 'in-use' })

    const foreign = join(dataDir, 'foreign')
    await mkdir(foreign)
    await writeFile(join(foreign, 'thesis.txt'), 'years of work')
    await expect(startEmbeddedServer({ dataDir: foreign })).rejects.toMatchObject({ problem: 'not-ours' })
    expect((await stat(foreign)).uid).toBe(process.getuid?.() ?? 0)
  })

  it('starts again after its process and PostgreSQL were killed, with what was committed', async () => {
    const server = await start()
    await query(server.url, 'create table kept as select 7 as n')
    const pid = Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')

    const again = await start()
    expect(await query(again.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('starts where the process file of a crash names a program that is not PostgreSQL', async () => {
    const server = await start()
    await server.stop()
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n`)
    const again = await start()
    expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('takes over from an owner that was killed, and goes when an owner exits without stopping it', async () => {
    const killed = await startInOwnProcess('wait')
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    const steps: EmbeddedServerStep[] = []
    const server = await start(steps)
    expect(steps).toEqual(['recovering', 'starting', 'ready'])
    await server.stop()

    const ended = await startInOwnProcess('exit')
    const [code] = await once(ended, 'exit')
    expect(code).toBe(3)
    const after = await start()
    expect(await query(after.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })
})

async function startInOwnProcess(then: 'wait' | 'exit'): Promise<ChildProcess> {
  const script = join(dataDir, '..', `${then}-${process.pid}.mjs`)
  const source = new URL('./embedded-server.ts', import.meta.url).href
  await writeFile(
    script,
    `import { startEmbeddedServer } from ${JSON.stringify(source)}
    await startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    process.send('ready', () => { if (${JSON.stringify(then)} === 'exit') process.exit(3) })
    setInterval(() => undefined, 1000)`,
  )
  const child = fork(script)
  await once(child, 'message')
  await rm(script)
  return child
}

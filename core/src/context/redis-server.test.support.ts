import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from '../embedded/port.ts'

const PROGRAM = process.env.MT_REDIS_SERVER ?? 'redis-server'

/** Whether Redis is installed here. */
export const redisInstalled = spawnSync(PROGRAM, ['--version']).status === 0

/** A Redis of a test's own, which keeps nothing. */
export interface TemporaryRedis {
  readonly port: number
  readonly password: string
  readonly url: string
  stop(): Promise<void>
}

export async function startTemporaryRedis(): Promise<TemporaryRedis> {
  const [port, password] = [await freePort(), 'p%w/d:1']
  const options = { port, bind: '127.0.0.1', save: '', dir: '/tmp', requirepass: password }
  const server = spawn(
    PROGRAM,
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    {
      stdio: 'ignore',
    },
  )
  const exited = once(server, 'exit')
  const client = new Redis({ host: '127.0.0.1', port, password, retryStrategy: () => 50 })
  client.on('error', () => undefined)
  await new Promise((resolve) => client.once('ready', resolve))
  client.disconnect()
  return {
    port,
    password,
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    async stop() {
      server.kill()
      await exited
    },
  }
}

import { once } from 'node:events'
import { answerParent } from '../run/child-messages.ts'
import { contenders, isContender } from './contenders.ts'

/** What a contender's process says of itself; CPU time in µs of all its threads, memory in bytes. */
export interface ServerUsage {
  readonly cpuMicros: number
  readonly rss: number
  readonly heapUsed: number
}

const [, , name = ''] = process.argv
if (!isContender(name)) throw new TypeError(`No contender is called '${name}'`)
const start = await contenders[name]()
const server = await start()
if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
const address = server.address()

/**
 * Looks for requests without ever sleeping, where the caller is what is measured: to wake a sleeping process costs who
 * writes to it several µs, once or twice a call, as it happens.
 */
function neverSleep(): void {
  setImmediate(neverSleep)
}

answerParent({
  neverSleep,
  port: () => (typeof address === 'object' ? address?.port : undefined),
  usage(): ServerUsage {
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed } = process.memoryUsage()
    return { cpuMicros: user + system, rss, heapUsed }
  },
})

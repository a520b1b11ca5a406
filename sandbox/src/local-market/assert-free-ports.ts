import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Dictionary } from '../text/index.ts'
import { LocalMarketError } from './local-market-error.ts'

/** Ports by the option that chooses another; 0 is a free one. */
export type PortsByOption = Readonly<Record<string, number>>

/**
 * Looks at ports before anything is started on them.
 * @throws LocalMarketError that names the first port that is taken, and its option
 */
export async function assertFreePorts(ports: PortsByOption, text: Dictionary): Promise<void> {
  await Promise.all(
    Object.entries(ports).map(async ([option, port]) => {
      if (port !== 0 && !(await isFree(port))) throw LocalMarketError.portTaken(text, port, option)
    }),
  )
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}

import { BlockList, isIP } from 'node:net'
import type { Exchange } from '@mt-paas/server'
import type { Caller } from './caller.ts'
import { sessionOf } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'

type Koa = Exchange['koa']

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whom a request of the page comes from: its session says it, and nothing else. */
export function callerOfPage(koa: Koa, sessions: Sessions): Promise<Caller> {
  return sessions.callerOf(sessionOf(koa))
}

/**
 * Whom a request to the paths for commands comes from. Programs of this machine are the operator's, as they have
 * always been; browsers say so by `Sec-Fetch-Site`, which scripts cannot leave out, and need their session.
 */
export async function callerOfCommand(koa: Koa, sessions: Sessions): Promise<Caller> {
  const session = sessionOf(koa)
  if (session !== '') return sessions.callerOf(session)
  const isBrowser = koa.req.headers['sec-fetch-site'] !== undefined || koa.req.headers.origin !== undefined
  return !isBrowser && isOfThisMachine(koa.req.socket.remoteAddress) ? { kind: 'operator' } : { kind: 'anonymous' }
}

/** Whom a request to the old simulator's paths comes from: they have no password, but sessions keep their limits. */
export async function callerOfSimulator(koa: Koa, sessions: Sessions): Promise<Caller> {
  const caller = await sessions.callerOf(sessionOf(koa))
  return caller.kind === 'anonymous' ? { kind: 'operator' } : caller
}

function isOfThisMachine(address = ''): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return isIP(plain) !== 0 && loopback.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

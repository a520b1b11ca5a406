import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { EngineError } from '../engine-error.ts'

/** Where deliveries may go: services on this machine, or public hosts as well. Private networks never. */
export type TargetRule = 'loopback' | 'public'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Checks a target before anything is kept for it.
 * @throws EngineError 422
 */
export async function assertTarget(target: string, rule: TargetRule): Promise<void> {
  const url = URL.parse(target)
  const fits = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (!fits) throw EngineError.badTarget()
  if (rule === 'loopback') await loopbackAddresses(url)
}

/**
 * The addresses of a target that has to be on this machine.
 * @throws EngineError 422 when any of them is not
 */
export async function loopbackAddresses({ hostname }: URL): Promise<readonly string[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await addressesOf(host) : [host]
  if (addresses.length === 0 || !addresses.every(isLoopback)) {
    throw EngineError.targetRefused('only services on this machine are allowed')
  }
  return addresses
}

function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)
  } catch {
    return []
  }
}

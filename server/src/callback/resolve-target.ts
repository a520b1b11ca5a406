import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { GuardedFetchError } from './guarded-fetch-error.ts'
import { isLoopbackAddress, isPrivateAddress, isPublicAddress } from './public-address.ts'

/** Gives every address of a host name; called once a request. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

/** A URL that may be asked, with the one address that is connected to. */
export interface Target {
  readonly url: URL
  readonly address: string
  readonly family: 4 | 6
}

/** What {@link resolveTarget} may allow. */
export interface ResolveTargetOptions {
  readonly resolve: ResolveHost
  readonly allowLoopback: boolean
  readonly allowPrivate: boolean
}

/**
 * Resolves the host of a URL that came from outside once and checks every address it has.
 * @throws GuardedFetchError when the URL or any of its addresses is refused, or there is none
 */
export async function resolveTarget(text: string, options: ResolveTargetOptions): Promise<Target> {
  const url = checkedUrl(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await addressesOf(host, options.resolve) : [host]
  const allowed = (address: string) =>
    isPublicAddress(address) ||
    (options.allowLoopback && isLoopbackAddress(address)) ||
    (options.allowPrivate && isPrivateAddress(address))
  if (!addresses.every(allowed)) throw GuardedFetchError.address()
  const [address] = addresses
  if (address === undefined) throw GuardedFetchError.notResolved(new Error('No address'))
  return { url, address, family: isIP(address) === 6 ? 6 : 4 }
}

/** The system's resolver. */
export async function systemResolve(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw GuardedFetchError.url('it is not an absolute URL')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw GuardedFetchError.url('it is not http or https')
  if (url.username !== '' || url.password !== '') throw GuardedFetchError.url('it carries credentials')
  return url
}

async function addressesOf(host: string, resolve: ResolveHost): Promise<readonly string[]> {
  try {
    return await resolve(host)
  } catch (cause) {
    throw GuardedFetchError.notResolved(cause)
  }
}

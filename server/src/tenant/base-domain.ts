import { domainToASCII } from 'node:url'

const reservedLabels: ReadonlySet<string> = new Set(['www', 'api', 'admin', 'localhost'])
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const tenantLabel = new RegExp(`^${label}$`)
// the last label has a letter, so no address is ever below a base domain
const hostName = new RegExp(`^(?:${label}\\.)*(?=[^.]*[a-z])${label}$`)

/**
 * Canonical form of a domain whose subdomains are tenants: lower case, ASCII, without a trailing dot.
 * @throws TypeError for a scheme, port, path, wildcard, address, or empty label
 */
export function baseDomain(text: string): string {
  const name = /[^\p{L}\p{M}\p{N}._-]/u.test(text) ? '' : domainToASCII(text).replace(/\.$/, '')
  if (name.length > 253 || !hostName.test(name)) {
    throw new TypeError(`baseDomains must hold plain domain names such as 'example.com', got '${text}'`)
  }
  return name
}

/** The single label in front of one of the base domains, unless it is reserved; `host` has no port. */
export function subdomainOf(host: string, baseDomains: readonly string[]): string | undefined {
  const name = host.toLowerCase().replace(/\.$/, '')
  const dot = name.indexOf('.')
  if (baseDomains.includes(name) || !baseDomains.includes(name.slice(dot + 1))) return undefined
  const first = name.slice(0, dot)
  return tenantLabel.test(first) && !reservedLabels.has(first) ? first : undefined
}

import { isIPv6 } from 'node:net'

const GROUPS = 4

/**
 * The network that an address belongs to, as one party's: of IPv6 the first 64 bits, since whoever has one address there
 * has all of them; an IPv4 address alone, also in IPv6 form. Other text stays as it is.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  const [head = '', tail] = bare.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // Dots stand for two groups.
  const known = before.length + after.length + (bare.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - known }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

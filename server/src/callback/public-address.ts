import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'

/** Special-purpose blocks of the IANA registries: private, shared, local, documentation, relays, multicast, reserved. */
const SPECIAL_V4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/** Global unicast. Mapped, compatible, NAT64, unique-local, link-local and multicast addresses lie outside of it. */
const GLOBAL_V6 = ['2000::', 3] as const

/** Parts of global unicast that are not public hosts; Teredo and 6to4 carry an IPv4 address inside. */
const SPECIAL_V6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]

const blocked = new BlockList()
for (const [network, prefix] of SPECIAL_V4) blocked.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of SPECIAL_V6) blocked.addSubnet(network, prefix, 'ipv6')

const globalV6 = new BlockList()
globalV6.addSubnet(...GLOBAL_V6, 'ipv6')

const privateV4 = new BlockList()
privateV4.addSubnet('10.0.0.0', 8, 'ipv4')
privateV4.addSubnet('172.16.0.0', 12, 'ipv4')
privateV4.addSubnet('192.168.0.0', 16, 'ipv4')

const privateV6 = new BlockList()
privateV6.addSubnet('fc00::', 7, 'ipv6')

const loopbackV4 = new BlockList()
loopbackV4.addSubnet('127.0.0.0', 8, 'ipv4')

/** Whether an address in text form is a host of the public internet. What cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false
  if (isIPv6(address)) return globalV6.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
  return !blocked.check(address, 'ipv4')
}

/** Whether an address in text form is this machine itself: `127.0.0.0/8` or `::1`, in no disguise. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIPv4(address) && loopbackV4.check(address, 'ipv4'))
}

/** Whether an address in text form is a host of a private network (RFC 1918, RFC 4193), in no disguise. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv6(address)) return !address.includes('%') && privateV6.check(address, 'ipv6')
  return isIPv4(address) && privateV4.check(address, 'ipv4')
}

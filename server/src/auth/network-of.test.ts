import { expect, it } from 'vitest'
import { failureLimit } from './failure-limit.ts'
import { networkOf } from './network-of.ts'

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['unknown', 'unknown'],
])('%s is of %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it('addresses of one network share their limit', () => {
  const limit = failureLimit({ max: 1, now: () => 0 })
  expect(limit.record('2001:db8:1:2::1')).toBeUndefined()
  expect(limit.record('2001:db8:1:2:ffff::9')).toBe(60)
  expect(limit.record('2001:db8:1:3::1')).toBeUndefined()
  expect(limit.record('192.0.2.1')).toBeUndefined()
  expect(limit.record('192.0.2.2')).toBeUndefined()
})

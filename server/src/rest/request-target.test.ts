import { describe, expect, it } from 'vitest'
import { splitTarget } from './request-target.ts'

describe('splitTarget', () => {
  it.each([
    ['/a/b?x=1', '/a/b', 'x=1'],
    ['/', '/', ''],
    ['/a?', '/a', ''],
    ['/a?x=1?y=2', '/a', 'x=1?y=2'],
    ['/a/../b/./c', '/a/../b/./c', ''],
    ['//a', '//a', ''],
    ['/a%2Fb', '/a%2Fb', ''],
    ['http://host/a?x=1', '/a', 'x=1'],
    ['HTTPS://host:8080/a', '/a', ''],
    ['http://user:pass@host/a', '/a', ''],
    ['http://[::1]:80/a', '/a', ''],
    ['http://host', '/', ''],
    ['http://host?x=1', '/', 'x=1'],
    ['http://host/a/../b', '/a/../b', ''],
    ['*', '*', ''],
  ])('splits %s', (target, path, query) => {
    expect(splitTarget(target)).toEqual({ path, query })
  })

  it.each(['http://', 'https:///a', 'http://?x=1', '', 'a/b', 'ftp://host/a', 'host:443', 'javascript:alert(1)'])(
    'refuses %j',
    (target) => {
      expect(() => splitTarget(target)).toThrow(expect.objectContaining({ status: 400 }))
    },
  )
})

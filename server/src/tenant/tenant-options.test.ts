import { describe, expect, it } from 'vitest'
import { tenantContext } from './tenant-context.ts'
import type { TenantContextOptions } from './tenant-options.ts'

function refused(options: object): string {
  try {
    tenantContext(options as TenantContextOptions)
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return error instanceof Error ? error.message : ''
  }
  return 'accepted'
}

describe('options that make no sense fail at creation and name the option', () => {
  it('sources that are unknown, repeated or none', () => {
    for (const sources of [['cookie'], ['header', 'header'], [], ['Header']]) {
      expect(refused({ sources }), sources.join()).toMatch(/^sources /)
    }
  })

  it('base domains that are more or less than a name', () => {
    const urls = ['https://example.com', 'example.com:80', 'example.com/', '*.example.com', 'user@example.com']
    const names = ['', '.', '.example.com', 'a..com', '-a.com', 'example.com..', 'a b.com', 'x'.repeat(64)]
    for (const domain of [...urls, ...names, '127.0.0.1', '0.1', '[::1]', `${'a.'.repeat(126)}com`]) {
      expect(refused({ baseDomains: ['example.com', domain] }), domain).toMatch(/^baseDomains /)
    }
  })

  it('paths that are not whole, plain segments', () => {
    for (const path of ['', '/', 'tenant', '/tenant/', '//tenant', '/a?b', '/a#b', '/a b', '/a/../b', '/%74enant']) {
      expect(refused({ pathPrefixes: [path] }), path).toMatch(/^pathPrefixes /)
      expect(refused({ exclude: [path] }), path).toMatch(/^exclude /)
    }
  })

  it('names that cannot be', () => {
    expect(refused({ header: 'X Tenant' })).toMatch(/^header /)
    expect(refused({ header: '' })).toMatch(/^header /)
    expect(refused({ queryParameter: '' })).toMatch(/^queryParameter /)
    expect(refused({ onConflict: 'last' })).toMatch(/^onConflict /)
  })
})

it('accepts what makes sense', () => {
  const baseDomains = ['example.com', 'EXAMPLE.com.', 'localhost', 'a-b.co.kr', '한림.kr', 'my_net.internal']
  const options = { sources: ['subdomain', 'path'], baseDomains, pathPrefixes: ['/mt/tenant'], exclude: ['/a.b/c-d'] }
  expect(refused(options)).toBe('accepted')
  expect(refused({})).toBe('accepted')
})

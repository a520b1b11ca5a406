import { domainToASCII } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { TenantContextOptions } from './tenant-options.ts'
import { listenAsTenant, type TestAnswer } from './tenant-service.test.fixture.ts'

const acme = { 'X-Tenant-ID': 'acme' }

interface Seen {
  readonly tenant: { readonly id: string } | null
  readonly state: unknown
}

function tenantIn({ status, body }: TestAnswer): string | null {
  expect(status).toBe(200)
  const { tenant, state }: Seen = JSON.parse(body)
  expect(state).toEqual(tenant)
  return tenant === null ? null : tenant.id
}

function errorIn({ status, body }: TestAnswer): string {
  const { error }: { readonly error?: string } = JSON.parse(body)
  return `${status} ${error}`
}

describe('header', () => {
  it('names the tenant in any case of the name', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x', acme))).toBe('acme')
    expect(tenantIn(await call('/x', { 'x-TENANT-id': 'Acme' }))).toBe('Acme')
  })

  it('may have another name', async () => {
    const call = await listenAsTenant({ header: 'X-University' })
    expect(tenantIn(await call('/x', { 'x-university': 'hallym' }))).toBe('hallym')
    expect(tenantIn(await call('/x', acme))).toBe(null)
  })

  it('is absent when empty', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x', { 'X-Tenant-ID': '' }))).toBe(null)
    expect(tenantIn(await call('/tenant/acme', { 'X-Tenant-ID': '  ' }))).toBe('acme')
  })

  it('is read as UTF-8, and bytes that are not UTF-8 are refused', async () => {
    const call = await listenAsTenant()
    const utf8 = Buffer.from('한림').toString('latin1')
    expect(tenantIn(await call(`/tenant/${encodeURIComponent('한림')}`, { 'X-Tenant-ID': utf8 }))).toBe('한림')
    expect(errorIn(await call('/x', { 'X-Tenant-ID': '\xe9' }))).toBe('400 INVALID_REQUEST')
  })

  it('is refused with control characters, a slash or dots only', async () => {
    const call = await listenAsTenant()
    for (const id of ['a\tb', '\xc2\x85', 'a/b', '.', '..']) {
      expect(errorIn(await call('/x', { 'X-Tenant-ID': id })), JSON.stringify(id)).toBe('400 INVALID_REQUEST')
    }
  })

  it('may hold a comma, but two headers that disagree are a conflict', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x', { 'X-Tenant-ID': 'a, b' }))).toBe('a, b')
    expect(tenantIn(await call('/x', { 'X-Tenant-ID': ['a', 'a'] }))).toBe('a')
    expect(errorIn(await call('/x', { 'X-Tenant-ID': ['a', 'b'] }))).toBe('400 TENANT_MISMATCH')
  })

  it('repeated, counts with its first when the first source wins', async () => {
    const call = await listenAsTenant({ onConflict: 'first' })
    expect(tenantIn(await call('/x', { 'X-Tenant-ID': ['a', 'b'] }))).toBe('a')
  })
})

describe('path', () => {
  it('names the tenant after the prefix, with and without more behind it', async () => {
    const call = await listenAsTenant()
    for (const path of ['/tenant/acme', '/tenant/acme/', '/tenant/acme/users?limit=1', '/%74enant/acme']) {
      expect(tenantIn(await call(path)), path).toBe('acme')
    }
  })

  it('needs the prefix as whole segments at the beginning', async () => {
    const call = await listenAsTenant()
    for (const path of ['/tenants/acme', '/mt/tenant/acme', '/Tenant/acme', '/tenantacme', '/', '/tenant']) {
      expect(tenantIn(await call(path)), path).toBe(null)
    }
  })

  it('with an empty id names no tenant and lets the next source', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/tenant/?tenant_id=acme'))).toBe('acme')
    expect(tenantIn(await call('/tenant//x?tenant_id=acme'))).toBe('acme')
  })

  it('takes several prefixes, the longest that fits', async () => {
    const call = await listenAsTenant({ pathPrefixes: ['/t', '/mt/tenant', '/t/by/id'] })
    expect(tenantIn(await call('/mt/tenant/acme/users'))).toBe('acme')
    expect(tenantIn(await call('/t/acme'))).toBe('acme')
    expect(tenantIn(await call('/t/by/id/acme'))).toBe('acme')
    expect(tenantIn(await call('/tenant/acme'))).toBe(null)
  })

  it('is decoded exactly once', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/tenant/%61cme'))).toBe('acme')
    expect(tenantIn(await call('/tenant/a+b'))).toBe('a+b')
    expect(tenantIn(await call('/tenant/%252e%252e'))).toBe('%2e%2e')
    expect(tenantIn(await call('/tenant/a%252Fb'))).toBe('a%2Fb')
    expect(tenantIn(await call('/tenant/%ED%95%9C%EB%A6%BC'))).toBe('한림')
  })

  it('is refused with bad escapes, control characters, dot segments and encoded slashes', async () => {
    const call = await listenAsTenant()
    const bad = ['%ZZ', '%', '%FF', '%00', 'a%0A', '%7F', '%C2%85', '.', '..', '%2e%2E', '.%2e', 'a%2Fb', '%2F']
    for (const id of bad) {
      expect(errorIn(await call(`/tenant/${id}/users`)), id).toBe('400 INVALID_REQUEST')
    }
  })

  it('is refused when a dot segment could make it the path of another tenant', async () => {
    const call = await listenAsTenant()
    expect(errorIn(await call('/tenant/acme/../beta/users'))).toBe('400 INVALID_REQUEST')
    expect(errorIn(await call('/tenant/acme/%2e%2e/beta/users'))).toBe('400 INVALID_REQUEST')
  })

  it('leaves what stands behind the id to the routes', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/tenant/acme/files/a%2Fb/100%25'))).toBe('acme')
  })
})

describe('query', () => {
  it('names the tenant, the last one counts, plus is a space', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x?tenant_id=acme'))).toBe('acme')
    expect(tenantIn(await call('/x?tenant_id=a&limit=1&tenant_id=b'))).toBe('b')
    expect(tenantIn(await call('/x?tenant_id=a+b%2B'))).toBe('a b+')
  })

  it('may have another name', async () => {
    const call = await listenAsTenant({ queryParameter: 'university' })
    expect(tenantIn(await call('/x?university=hallym&tenant_id=acme'))).toBe('hallym')
  })

  it('is absent when empty', async () => {
    const call = await listenAsTenant({ baseDomains: ['example.com'] })
    expect(tenantIn(await call('/x?tenant_id=', { Host: 'acme.example.com' }))).toBe('acme')
    expect(tenantIn(await call('/x?tenant_id'))).toBe(null)
  })

  it('never fails with 5xx on odd names and bad escapes', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x?tenant_id=%ZZ'))).toBe('%ZZ')
    expect(tenantIn(await call('/x?%ZZ=1&constructor=1&__proto__=1&toString'))).toBe(null)
    expect(errorIn(await call('/x?tenant_id=%FF'))).toBe('400 INVALID_REQUEST')
  })

  it('is refused with control characters, a slash or dots only', async () => {
    const call = await listenAsTenant()
    for (const id of ['%00', 'a%0d%0a', 'a%2Fb', 'a/b', '..', '%2e']) {
      expect(errorIn(await call(`/x?tenant_id=${id}`)), id).toBe('400 INVALID_REQUEST')
    }
  })
})

describe('subdomain', () => {
  const baseDomains = ['Example.COM', 'eu.example.com', 'localhost', '한림.kr']

  it('is off without a base domain', async () => {
    const call = await listenAsTenant()
    expect(tenantIn(await call('/x', { Host: 'acme.example.com' }))).toBe(null)
  })

  it('is the one label in front of a base domain, without port, case and trailing dot', async () => {
    const call = await listenAsTenant({ baseDomains })
    const hosts = [
      'acme.example.com',
      'ACME.example.com:8080',
      'acme.example.com.',
      'acme.eu.example.com',
      'acme.localhost:1',
    ]
    for (const host of [...hosts, domainToASCII('acme.한림.kr')]) {
      expect(tenantIn(await call('/x', { Host: host })), host).toBe('acme')
    }
  })

  it('is nothing on other hosts, deeper names, reserved labels, base domains and addresses', async () => {
    const call = await listenAsTenant({ baseDomains })
    const hosts = [
      'acme.example.org',
      'a.b.example.com',
      'example.com',
      'eu.example.com',
      'acmeexample.com',
      '.example.com',
    ]
    const reserved = ['www.example.com', 'API.example.com', 'admin.example.com', 'localhost.example.com']
    const addresses = ['127.0.0.1', '10.0.0.1:80', '[::1]:80', '[::ffff:10.0.0.1]', 'localhost', '', 'a b.example.com']
    for (const host of [...hosts, ...reserved, ...addresses]) {
      expect(tenantIn(await call('/x', { Host: host })), host).toBe(null)
    }
  })

  it('can be turned into an id', async () => {
    const tenantIdOf: TenantContextOptions['tenantIdOf'] = async (text, source) => {
      if (source !== 'subdomain') return text
      return text === 'blog' ? undefined : text.replaceAll('-', '_')
    }
    const call = await listenAsTenant({ baseDomains, tenantIdOf })
    expect(tenantIn(await call('/tenant/a_b', { Host: 'a-b.example.com' }))).toBe('a_b')
    expect(tenantIn(await call('/tenant/a_b', { Host: 'blog.example.com' }))).toBe('a_b')
    expect(tenantIn(await call('/x', { Host: 'blog.example.com' }))).toBe(null)
  })
})

describe('several sources', () => {
  const everywhere = '/tenant/path?tenant_id=query'
  const headers = { 'X-Tenant-ID': 'header', Host: 'subdomain.example.com' }
  const baseDomains = ['example.com']

  it('may agree', async () => {
    const call = await listenAsTenant({ baseDomains })
    expect(tenantIn(await call('/tenant/acme?tenant_id=acme', { ...acme, Host: 'acme.example.com' }))).toBe('acme')
  })

  it('that disagree are refused, whichever two they are', async () => {
    const call = await listenAsTenant({ baseDomains })
    const host = { Host: 'beta.example.com' }
    const requests = [
      ['/tenant/beta', acme],
      ['/x?tenant_id=beta', acme],
      ['/x', { ...acme, ...host }],
      ['/tenant/acme?tenant_id=beta', {}],
      ['/tenant/acme', host],
      ['/x?tenant_id=acme', host],
    ] as const
    for (const [path, headers] of requests) {
      expect(errorIn(await call(path, headers)), path).toBe('400 TENANT_MISMATCH')
    }
  })

  it('count in the order header, path, query, subdomain when the first wins', async () => {
    const call = await listenAsTenant({ baseDomains, onConflict: 'first' })
    const host = { Host: headers.Host }
    expect(tenantIn(await call(everywhere, headers))).toBe('header')
    expect(tenantIn(await call(everywhere, host))).toBe('path')
    expect(tenantIn(await call('/x?tenant_id=query', host))).toBe('query')
    expect(tenantIn(await call('/x', host))).toBe('subdomain')
  })

  it('count in the order they are given, and those left out say nothing', async () => {
    const call = await listenAsTenant({ baseDomains, onConflict: 'first', sources: ['subdomain', 'query'] })
    expect(tenantIn(await call(everywhere, headers))).toBe('subdomain')
    expect(tenantIn(await call(everywhere, { 'X-Tenant-ID': 'header' }))).toBe('query')
    expect(tenantIn(await call('/tenant/path', { 'X-Tenant-ID': 'header' }))).toBe(null)
    const pathOnly = await listenAsTenant({ baseDomains, sources: ['path'] })
    expect(tenantIn(await pathOnly(everywhere, headers))).toBe('path')
  })
})

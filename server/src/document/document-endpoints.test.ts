import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from '../http/serve.ts'
import { documentEndpoints } from './document-endpoints.ts'
import { serveMemory } from './memory-service.test.support.ts'

let service: RunningServer

beforeAll(async () => {
  service = await serveMemory()
})

afterAll(() => service.close())

function get(path: string, init: RequestInit = {}, { url } = service): Promise<Response> {
  return fetch(`${url}${path}`, { redirect: 'manual', ...init })
}

/** Addresses the page loads, resolved against its own. */
async function loadedBy(pageUrl: string): Promise<readonly string[]> {
  const html = await fetch(pageUrl).then((response) => response.text())
  return [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => new URL(address, pageUrl).href)
}

describe('openapi.json', () => {
  it('is JSON that anyone may read', async () => {
    const response = await get('/mt/openapi.json')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.json()).toMatchObject({ openapi: '3.1.0' })
  })

  it('is not sent again to who has it', async () => {
    const etag = (await get('/mt/openapi.json')).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    // fetch adds `Cache-Control: no-cache` to conditional requests unless told what caching is wanted.
    const headers = { 'Cache-Control': 'max-age=0' }
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get('/mt/openapi.json', { headers: { ...headers, 'If-None-Match': sent } })
      expect(response.status, sent).toBe(304)
      expect(response.headers.get('etag')).toBe(etag)
      expect(await response.text()).toBe('')
    }
    const changed = await get('/mt/openapi.json', { headers: { ...headers, 'If-None-Match': '"other"' } })
    expect(changed.status).toBe(200)
  })
})

describe('the page', () => {
  it('may load only what comes from the service itself', async () => {
    const { status, headers } = await get('/mt/docs')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each(['/mt', '', '/a/b'])('finds its files below the prefix %j', async (prefix) => {
    const running = await serveMemory({ prefix })
    try {
      const addresses = await loadedBy(`${running.url}${prefix}/docs`)
      expect(addresses).toHaveLength(6)
      for (const address of addresses) {
        const response = await fetch(address)
        expect(response.status, address).toBe(200)
        expect(address.startsWith(`${running.url}${prefix}/`)).toBe(true)
        expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
      }
    } finally {
      await running.close()
    }
  })

  it('keeps the files of a version for ever, and asks anew for what may change', async () => {
    for (const address of await loadedBy(`${service.url}/mt/docs`)) {
      const { headers } = await fetch(address)
      const versioned = /\/swagger-ui-\d+\.\d+\.\d+\//.test(address)
      expect(headers.get('cache-control')).toBe(versioned ? 'public, max-age=31536000, immutable' : 'no-cache')
      expect(headers.get('etag')).toMatch(/^"[\w-]{43}"$/)
    }
  })

  it('gives away no other file of the library', async () => {
    const bundle = (await loadedBy(`${service.url}/mt/docs`)).find((address) => address.endsWith('bundle.js')) ?? ''
    for (const name of ['package.json', 'index.html', 'swagger-ui.js', '', '..%2fpackage.json', 'constructor']) {
      const response = await fetch(bundle.replace('swagger-ui-bundle.js', name))
      expect([400, 404], name).toContain(response.status)
    }
  })

  it('shows a title as text', async () => {
    const running = await serveMemory({ title: '<script>alert("1")</script> & co' })
    try {
      const html = await get('/mt/docs', {}, running).then((response) => response.text())
      expect(html).toContain('<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co</title>')
    } finally {
      await running.close()
    }
  })
})

describe('methods', () => {
  const paths = ['/mt/openapi.json', '/mt/docs', '/mt/docs/start.js']

  it.each(paths)('HEAD %s is GET without the body', async (path) => {
    const [head, whole] = await Promise.all([get(path, { method: 'HEAD' }), get(path)])
    expect(head.status).toBe(200)
    const size = (await whole.arrayBuffer()).byteLength
    expect(head.headers.get('content-length')).toBe(String(size))
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
    expect(await head.text()).toBe('')
  })

  it.each(paths)('others on %s are refused with the error body and Allow', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await get(path, { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
      expect(await response.json()).toMatchObject({ success: false, error: 'METHOD_NOT_ALLOWED' })
    }
    const options = await get(path, { method: 'OPTIONS' })
    expect(options.status).toBe(204)
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })
})

describe('at the root', () => {
  it.each(['/docs', '/openapi.json'])('%s leads below the prefix', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(`/mt${path}`)
    expect((await get(path, { method: 'POST' })).status).toBe(404)
    expect((await get(`${path}/`)).status).toBe(404)
  })

  it('what another middleware answers is left alone', async () => {
    const app = new Koa().use(documentEndpoints({ prefix: '/mt', json: () => '{}', title: 'x' })).use((koa) => {
      koa.body = `mine: ${koa.path}`
    })
    const running = await serve(app)
    try {
      expect(await get('/docs', {}, running).then((response) => response.text())).toBe('mine: /docs')
      expect(await get('/mt/openapi.json', {}, running).then((response) => response.text())).toBe('{}')
      expect(await get('/mt/docs/', {}, running).then((response) => response.text())).toBe('mine: /mt/docs/')
    } finally {
      await running.close()
    }
  })
})

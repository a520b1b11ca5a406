import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
import { hostileUrls } from './hostile-urls.test.support.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'
import { resolveTarget } from './resolve-target.ts'

let port = 0
let connections = 0
const servers: Server[] = []
let answer: RequestListener = (_req, res) => res.end('inside')

beforeAll(async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((req, res) => answer(req, res))
    server.on('connection', () => connections++)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
    port = (server.address() as AddressInfo).port
    servers.push(server)
  }
})

afterAll(() => servers.map((server) => server.close()))

/** Names of an attacker, and what they resolve to. */
const names: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'foo.localhost': ['127.0.0.1'],
  'inside.example': ['127.0.0.1'],
  'inside6.example': ['::1'],
  'private.example': ['10.0.0.5'],
  'metadata.example': ['169.254.169.254'],
  'mixed.example': ['8.8.8.8', '127.0.0.1'],
  'mixed6.example': ['2606:4700::1111', '::ffff:127.0.0.1'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'sixtofour.example': ['2002:7f00:1::'],
  'zone.example': ['fe80::1%eth0'],
  'nonsense.example': ['not an address'],
  'empty.example': [],
}
const resolve = async (name: string) => names[name] ?? Promise.reject(new Error(`ENOTFOUND ${name}`))

const urls = hostileUrls(Object.keys(names))

const refusal = (url: string, options: GuardedFetchOptions = {}) =>
  guardedFetch(url.replaceAll('PORT', String(port)), { resolve, timeout: 2_000, ...options }).then(
    () => 'answered',
    (error) => error.reason,
  )

describe('guardedFetch', () => {
  it(`refuses ${urls.length} forms of URLs that lead inside, without one connection`, async () => {
    expect(urls.length).toBeGreaterThanOrEqual(150)
    connections = 0
    const reasons = await Promise.all(urls.map(async (url) => [url, await refusal(url)] as const))
    const accepted = reasons.filter(
      ([, reason]) => !['url_refused', 'address_refused', 'not_resolved'].includes(reason),
    )
    expect(accepted).toEqual([])
    expect(connections).toBe(0)
  })

  it('asks for a name once, and connects to what it checked: rebinding leads nowhere', async () => {
    connections = 0
    let asked = 0
    const rebinding = async () => (asked++ === 0 ? ['192.0.9.9'] : ['127.0.0.1'])
    const reason = await refusal('http://rebind.example:PORT/', { resolve: rebinding, timeout: 200 })
    expect(['timeout', 'unreachable']).toContain(reason)
    expect(asked).toBe(1)
    expect(connections).toBe(0)

    const alternating = async () => (asked++ % 2 === 0 ? ['127.0.0.1'] : ['192.0.9.9'])
    asked = 0
    expect(await refusal('http://rebind.example:PORT/', { resolve: alternating })).toBe('address_refused')
    expect(connections).toBe(0)
  })

  it('reaches this machine only when told so, and nothing else by that', async () => {
    const allowed = { allowLoopback: true }
    for (const host of ['127.0.0.1', '[::1]', 'localhost', 'inside.example', '127.1']) {
      expect(await refusal(`http://${host}:PORT/`, allowed)).toBe('answered')
    }
    for (const host of [
      '10.0.0.5',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '0.0.0.0',
      'mapped.example',
      'nat64.example',
    ]) {
      expect(await refusal(`http://${host}:PORT/`, allowed)).toBe('address_refused')
    }
  })

  it('reaches private networks only when told so, and nothing else by that', async () => {
    const target = (host: string, allowPrivate: boolean) =>
      resolveTarget(`http://${host}/`, { resolve, allowLoopback: false, allowPrivate })
    for (const host of ['10.0.0.5', '172.31.255.255', '192.168.1.1', '[fd00::1]', 'private.example']) {
      expect((await target(host, true)).url.hostname).toBe(host)
      await expect(target(host, false)).rejects.toMatchObject({ reason: 'address_refused' })
    }
    for (const host of ['127.0.0.1', '[::1]', '169.254.169.254', '100.64.0.1', '[fe80::1]', '[::ffff:10.0.0.5]']) {
      await expect(target(host, true)).rejects.toMatchObject({ reason: 'address_refused' })
    }
  })

  it('sends what it is given, the host by its name', async () => {
    let seen: unknown
    answer = (req, res) => {
      seen = [req.method, req.url, req.headers.host, req.headers['x-a'], req.headers['content-length']]
      req.resume().on('end', () => res.writeHead(201, { 'x-b': 'c' }).end('ok'))
    }
    const request = { method: 'POST', body: '한', headers: { 'x-a': 'b' }, resolve, allowLoopback: true }
    const result = await guardedFetch(`http://inside.example:${port}/p?q=1`, request)
    expect(seen).toEqual(['POST', '/p?q=1', `inside.example:${port}`, 'b', '3'])
    expect(result).toMatchObject({ status: 201, headers: { 'x-b': 'c' } })
    expect(result.body.toString()).toBe('ok')
  })

  it('does not follow redirects', async () => {
    let requests = 0
    answer = (_req, res) => {
      requests++
      res.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end()
    }
    const result = await guardedFetch(`http://127.0.0.1:${port}/`, { allowLoopback: true })
    expect([result.status, requests]).toEqual([302, 1])
  })

  it('reads 64 kB, and not one byte more', async () => {
    const size =
      (bytes: number): RequestListener =>
      (_req, res) =>
        res.end(Buffer.alloc(bytes))
    const chunked =
      (bytes: number): RequestListener =>
      (_req, res) => {
        res.write(Buffer.alloc(bytes - 1))
        res.end('x')
      }
    for (const make of [size, chunked]) {
      answer = make(65_536)
      expect(await refusal('http://127.0.0.1:PORT/', { allowLoopback: true })).toBe('answered')
      answer = make(65_537)
      expect(await refusal('http://127.0.0.1:PORT/', { allowLoopback: true })).toBe('answer_too_large')
    }
  })

  it('has a deadline for every part, and ends with its caller', async () => {
    const local = { allowLoopback: true, timeout: 100 }
    answer = () => {}
    expect(await refusal('http://127.0.0.1:PORT/', local)).toBe('timeout')
    answer = (_req, res) => void setInterval(() => res.write(' '), 20).unref()
    expect(await refusal('http://127.0.0.1:PORT/', local)).toBe('timeout')
    expect(await refusal('http://slow.example/', { timeout: 100, resolve: () => new Promise(() => {}) })).toBe(
      'timeout',
    )
    expect(await refusal('http://127.0.0.1:PORT/', { allowLoopback: true, signal: AbortSignal.timeout(50) })).toBe(
      'unreachable',
    )
    expect(await refusal('http://127.0.0.1:PORT/', { allowLoopback: true, signal: AbortSignal.abort() })).toBe(
      'unreachable',
    )
  })

  it('says that nobody answers', async () => {
    answer = (req) => req.destroy()
    expect(await refusal('http://127.0.0.1:PORT/', { allowLoopback: true })).toBe('unreachable')
  })
})

describe('addresses', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '198.17.0.1',
    '223.255.255.255',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each(['2606:4700::1111', '2001:200::1', '2001:4860:4860::8888', '2a00::1', '3ffe::1', '2003::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each(['', 'a', '127.1', '1.2.3', '::ffff:8.8.8.8', 'fe80::1%1', '2606:4700::1%1'])('%j is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
    expect(isLoopbackAddress(address)).toBe(false)
  })
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { serve } from '@mt-paas/server'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createSamples } from '../market/samples.ts'
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts'
import { consoleBrowser, operatorBrowser } from './console-client.test.support.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 })
})

afterEach(() => simulator?.close())

describe('a session', () => {
  it('begins with the printed address, once', async () => {
    const token = new URL(simulator.consoleAddress()).hash.replace('#token=', '')
    const { client } = consoleBrowser(simulator)
    await expect(client.simulator.listServices.query()).rejects.toMatchObject({ data: { httpStatus: 401 } })
    expect(await client.session.me.query()).toMatchObject({ role: 'anonymous' })
    expect(await client.session.exchangeToken.mutate({ token })).toMatchObject({ role: 'operator' })
    expect(await client.session.me.query()).toMatchObject({ role: 'operator' })
    expect(await client.simulator.listServices.query()).toEqual({ services: [] })
    await expect(consoleBrowser(simulator).client.session.exchangeToken.mutate({ token })).rejects.toMatchObject({
      data: { httpStatus: 401 },
    })
    await client.session.logout.mutate()
    expect(await client.session.me.query()).toMatchObject({ role: 'anonymous' })
  })

  it('is in a cookie that neither scripts nor other sites get at', async () => {
    const token = new URL(simulator.consoleAddress()).hash.replace('#token=', '')
    const { headers } = await fetch(`${simulator.url}/console/trpc/session.exchangeToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mt_paas_console_\d+=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/),
    ])
  })

  it('is begun by a command as well', async () => {
    const answer = await fetch(`${simulator.url}/session/address`, { method: 'POST' })
    const { url } = (await answer.json()) as { url: string }
    const { client } = consoleBrowser(simulator)
    const token = new URL(url).hash.replace('#token=', '')
    expect(await client.session.exchangeToken.mutate({ token })).toMatchObject({ role: 'operator' })
  })
})

describe('events', () => {
  interface Received {
    readonly id: string
    readonly type: string
  }

  /** Reads a stream of events until there are enough, then goes away. */
  async function receive(count: number, from?: string, during: () => Promise<unknown> = async () => {}) {
    const { fetch: fetchAsPage } = await operatorBrowser(simulator)
    const stop = new AbortController()
    const input = encodeURIComponent(JSON.stringify(from === undefined ? {} : { lastEventId: from }))
    const response = await fetchAsPage(`${simulator.url}/console/trpc/events?input=${input}`, {
      headers: { accept: 'text/event-stream' },
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const received: Received[] = []
    let text = ''
    let started = false
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        if (!started && block.includes('connected')) {
          started = true
          await during()
        }
        const id = /^id: (.+)$/m.exec(block)?.[1]
        const data = /^data: (.+)$/m.exec(block)?.[1]
        if (id === undefined || data === undefined) continue
        const { type }: { readonly type: string } = JSON.parse(data)
        received.push({ id, type })
      }
      if (received.length >= count) break
    }
    stop.abort()
    return received
  }

  it('come live, and who comes back misses none', async () => {
    const make = (name: string) => simulator.engine.services.save({ slug: name, base_url: 'http://127.0.0.1:9' })
    const live = await receive(2, undefined, async () => {
      await make('first')
      await make('second')
    })
    expect(live.map(({ type }) => type)).toEqual(['service.saved', 'service.saved'])
    await make('third')
    const last = live.at(-1)?.id ?? ''
    const missed = await receive(2, last, () => make('fourth'))
    expect(missed.map(({ id }) => Number(id))).toEqual([Number(last) + 1, Number(last) + 2])
  })

  it('tell that a sample stops and starts, whoever asked for it', async () => {
    await simulator.close()
    const samples = createSamples()
    await samples.add({ name: 'advisor', title: 'Advisor', port: 0, start: (port) => serve(new Koa(), { port }) })
    onTestFinished(() => samples.close())
    simulator = await startSimulator({ port: 0, samples })
    const { client } = await operatorBrowser(simulator)
    const startByCommand = () => fetch(`${simulator.url}/market/samples/advisor/start`, { method: 'POST' })
    const live = await receive(2, undefined, async () => {
      await client.market.stopSample.mutate({ name: 'advisor' })
      expect((await startByCommand()).status).toBe(200)
      expect((await startByCommand()).status).toBe(409)
    })
    expect(live.map(({ type }) => type)).toEqual(['sample.stopped', 'sample.started'])
    const [url = ''] = samples.list().map((one) => one.url)
    await simulator.engine.services.save({ slug: 'advisor', base_url: url })
    await client.market.stopSample.mutate({ name: 'advisor' })
    const { health } = await client.market.getService.query({ slug: 'advisor' })
    expect(health?.status).toBe('unreachable')
  })

  it('end with the simulator', async () => {
    const { fetch: fetchAsPage } = await operatorBrowser(simulator)
    const response = await fetchAsPage(`${simulator.url}/console/trpc/events`, {})
    const ended = response.text()
    const began = performance.now()
    await simulator.close()
    await ended.catch(() => undefined)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

describe('the page', () => {
  const AS_BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'accept-encoding': 'gzip, br' }
  let folder: string
  let served: Simulator

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), `<!doctype html><title>page</title>${' '.repeat(2_000)}`)
    await writeFile(join(folder, 'assets', 'main-Abc12345.js'), `export const a = 1\n${'// filler\n'.repeat(500)}`)
    await writeFile(join(folder, 'assets', 'main-Abc12345.js.map'), '{}')
    await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    served = await startSimulator({ port: 0, pageDir: folder })
  })

  afterEach(async () => {
    await served?.close()
    await rm(folder, { recursive: true, force: true })
  })

  interface Answer {
    readonly status: number | undefined
    readonly headers: IncomingHttpHeaders
    readonly text: string
  }

  /** `fetch` says itself how it is used, and tidies paths up. */
  function get(path: string, headers: Record<string, string> = {}, url = served.url): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url)
      const sent = request({ hostname, port, path, headers: { ...AS_BROWSER, ...headers } }, async (response) => {
        const chunks: Buffer[] = []
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
        const body = Buffer.concat(chunks)
        const { 'content-encoding': encoding } = response.headers
        const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
        resolve({ status: response.statusCode, headers: response.headers, text: plain.toString('utf8') })
      })
      sent.once('error', reject).end()
    })
  }

  it('is served at its places with a strict policy, and compressed', async () => {
    for (const path of ['/', '/applications/1000', '/deliveries?state=failed']) {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<title>page</title>')
      expect(answer.headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'/,
      )
      expect(answer.headers['cache-control']).toBe('no-cache')
      expect(answer.headers['content-encoding']).toBe('br')
    }
    const zipped = await get('/', { 'accept-encoding': 'gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
  })

  it('keeps files for ever when their names say what is in them', async () => {
    const answer = await get('/assets/main-Abc12345.js')
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-type']).toContain('text/javascript')
    const etag = answer.headers.etag ?? ''
    expect((await get('/assets/main-Abc12345.js', { 'if-none-match': etag })).status).toBe(304)
    expect((await get('/icon.svg')).headers['content-type']).toBe('image/svg+xml')
  })

  it('gives nothing that is not in its folder', async () => {
    for (const path of [
      '/assets/main-Abc12345.js.map',
      '/assets/none.js',
      '/../package.json',
      '/%2e%2e/package.json',
    ]) {
      expect((await get(path)).status).not.toBe(200)
    }
  })

  it('leaves the paths of programs as they are', async () => {
    const answer = await fetch(`${served.url}/applications`)
    expect(await answer.json()).toEqual({ total: 0, applications: [] })
    expect(await (await fetch(`${served.url}/`)).json()).toMatchObject({ error: 'NOT_FOUND' })
  })

  it('that is not built says how to build it', async () => {
    const empty = await startSimulator({ port: 0, pageDir: join(folder, 'nothing') })
    try {
      const answer = await get('/', {}, empty.url)
      expect(answer.status).toBe(503)
      expect(answer.text).toContain('npm run build')
    } finally {
      await empty.close()
    }
  })
})

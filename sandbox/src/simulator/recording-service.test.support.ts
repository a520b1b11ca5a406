import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[]
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What a service answers. */
export interface CannedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON unless it is a string or bytes. */
  readonly body?: unknown
}

/** A service that keeps every request. */
export interface RecordingService {
  readonly url: string
  readonly requests: readonly RecordedRequest[]
  close(): Promise<void>
}

/** The id of the application that a request tells of. */
export function applicationIdOf({ body }: RecordedRequest): number {
  const { application }: { readonly application: { readonly id: number } } = JSON.parse(body.toString())
  return application.id
}

export const APPROVED: CannedAnswer = {
  body: {
    success: true,
    status: 'approved',
    tenant_id: 'hallym',
    tenant_url: 'http://t',
    access_url: 'http://t',
    message: 'ok',
  },
}

/** Starts a service that answers as `answer` says; null answers nothing and hangs up. */
export async function startRecordingService(
  answer: (request: RecordedRequest) => CannedAnswer | null | Promise<CannedAnswer | null> = () => APPROVED,
): Promise<RecordingService> {
  const requests: RecordedRequest[] = []
  const server = createServer((req, res) => {
    handle(req, res).catch(() => res.destroy())
  })

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk)
    const { method = '', url: path = '', rawHeaders, headers } = req
    const request = { method, path, rawHeaders, headers, body: Buffer.concat(chunks) }
    requests.push(request)
    const given = await answer(request)
    if (!given) return void res.destroy()
    const { status = 200, body = {}, headers: more = {} } = given
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    res.writeHead(status, { 'content-type': 'application/json', ...more }).end(isRaw ? body : JSON.stringify(body))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A JSON document, as deep as a test looks. */
export type Json = Readonly<Record<string, unknown>>

/** One call of the simulator, its JSON and status. */
export async function call(url: string, path: string, init: { method?: string; body?: unknown } = {}) {
  const response = await fetch(new URL(path, url), {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    ...(init.body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(init.body),
    }),
  })
  return { status: response.status, json: (await response.json()) as Json }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulator, startSimulator } from '@mt-paas/sandbox'
import { builtPage } from './built-page.ts'

/** A service that answers as it is told. */
export interface AnsweringService {
  readonly url: string
  /** Sets the answer from now on. */
  answer(next: ServiceAnswer): void
  close(): Promise<void>
}

/** A simulator with its page, and a service that answers as it is told. */
export interface PageSandbox extends Pick<AnsweringService, 'answer' | 'close'> {
  readonly simulator: Simulator
  readonly serviceUrl: string
}

/** What the service answers webhooks with. */
export interface ServiceAnswer {
  readonly status: number
  readonly body: unknown
}

const GOOD: ServiceAnswer = {
  status: 200,
  body: {
    success: true,
    status: 'approved',
    tenant_id: 'demo_hallym_1',
    tenant_url: 'http://127.0.0.1:10300/?tenant=demo_hallym_1',
    access_url: 'http://127.0.0.1:10300/?tenant=demo_hallym_1',
    message: '테넌트 생성 완료',
    expires_at: null,
    admin_credentials: null,
    created_at: null,
  },
}

/** Secret that the service of the sandbox signs with; made for tests. */
export const SIGNING_SECRET = `whsec_${Buffer.from('a secret of the page tests only!').toString('base64')}`

/** Starts both on free ports, in memory. */
export async function openPageSandbox(): Promise<PageSandbox> {
  const pageDir = await builtPage()
  const { url, answer, close } = await startAnsweringService()
  const simulator = await startSimulator({ port: 0, pageDir, seed: 'page' })
  await simulator.engine.services.save({ slug: 'advisor', base_url: url, signing_secret: SIGNING_SECRET })
  return {
    simulator,
    serviceUrl: url,
    answer,
    async close() {
      await simulator.close()
      await close()
    },
  }
}

/** Starts a service on a free port; all is well with it at first. */
export async function startAnsweringService(): Promise<AnsweringService> {
  let present = GOOD
  const server = createServer((req, res) => void reply(req, res, present))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(next) {
      present = next
    },
    close: () => closed(server),
  }
}

/** What the service answers when all is well. */
export const goodAnswer = GOOD

async function reply(req: IncomingMessage, res: ServerResponse, { status, body }: ServiceAnswer): Promise<void> {
  req.resume()
  res.writeHead(status, { 'Content-Type': 'application/json' })
  res.end(JSON.stringify(body))
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

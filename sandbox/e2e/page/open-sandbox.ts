import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulator, startSimulator } from '@mt-paas/sandbox'
import { builtPage } from './built-page.ts'

/** A simulator with its page, and a service that answers as it is told. */
export interface PageSandbox {
  readonly simulator: Simulator
  readonly serviceUrl: string
  /** Sets the answer of the service from now on. */
  answer(next: ServiceAnswer): void
  close(): Promise<void>
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
  let present = GOOD
  const service = createServer((req, res) => void reply(req, res, present))
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
  const simulator = await startSimulator({ port: 0, pageDir, seed: 'page' })
  await simulator.engine.services.save({ slug: 'advisor', base_url: serviceUrl, signing_secret: SIGNING_SECRET })
  return {
    simulator,
    serviceUrl,
    answer(next) {
      present = next
    },
    async close() {
      await simulator.close()
      await closed(service)
    },
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

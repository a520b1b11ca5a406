import { type OutgoingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import Koa from 'koa'
import { onTestFinished } from 'vitest'
import { serve } from '../http/serve.ts'
import { currentTenant } from './current-tenant.ts'
import { tenantContext } from './tenant-context.ts'
import type { TenantContextOptions } from './tenant-options.ts'

/** An answer as a test looks at it. */
export interface TestAnswer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Sends a request target as it is, so dot segments and bad escapes arrive. */
export type TestCall = (target: string, headers?: OutgoingHttpHeaders) => Promise<TestAnswer>

/** Serves an app until the end of the test. */
export async function listen(app: Koa): Promise<{ readonly port: number; readonly call: TestCall }> {
  app.silent = true
  const { port, close } = await serve(app)
  onTestFinished(() => close(0))
  return { port, call: (path, headers = {}) => send({ port, path, headers }) }
}

/** Serves an app that answers with the tenant it sees, or null. */
export async function listenAsTenant(options?: TenantContextOptions): Promise<TestCall> {
  const app = new Koa()
  app.use(tenantContext(options))
  app.use((ctx) => {
    ctx.body = { tenant: currentTenant() ?? null, state: ctx.state.tenant ?? null }
  })
  return (await listen(app)).call
}

function send(options: {
  readonly port: number
  readonly path: string
  readonly headers: OutgoingHttpHeaders
}): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent: false, ...options }, async (answer) => {
      resolve({ status: answer.statusCode, headers: answer.headers, body: await text(answer) })
    })
    sent.on('error', reject).end()
  })
}

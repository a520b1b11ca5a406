import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  bearerAuth,
  marketCompatApi,
  type RequestFailure,
  type RunningServer,
  serve,
  standardApi,
} from '@mt-paas/server'
import { ErrorBody } from '@mt-paas/server/contract'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type FuzzRequest, fuzzRequests } from './fuzz-requests.ts'
import { exchangeRaw, rawBytes } from './fuzz-sockets.ts'
import { goldenHandler } from './golden/golden-handler.ts'

const REQUESTS = Number(process.env.MT_FUZZ_REQUESTS ?? 20_000)
const SEED = Number(process.env.MT_FUZZ_SEED ?? 20_260_131)
const CONNECTIONS = 32
/** The handler's data grow with every request that succeeds, so it starts afresh after so many. */
const REQUESTS_PER_SERVER = 2_500
const PATIENCE_MS = 5_000

const KEY = 'fuzz-key-1f6e0c'
const SECRET = 'the secret of the fuzz tokens 5b21'
const tokenRules = { secret: SECRET, issuer: 'https://id.example.com', audience: 'fuzz' }
const root = fileURLToPath(new URL('../..', import.meta.url))

const LEAKS = [
  ...[
    'node:internal',
    'node_modules',
    'file://',
    '.ts:',
    '.js:',
    'at async',
    '    at ',
    root,
    '/server/src/',
    '/server/dist/',
  ],
  ...[
    'unexpected failure in handler',
    'secret_internal',
    'db_password',
    'MARKET_API_KEY',
    KEY,
    SECRET,
    'PASSWORD-OF-A-USER',
  ],
  ...['SyntaxError', 'TypeError', 'RangeError', 'ZodError', 'ECONN', 'Unexpected token', 'Cannot read properties'],
]

const RpcError = z.object({
  error: z.object({
    message: z.string(),
    code: z.number(),
    data: z.object({
      code: z.string(),
      httpStatus: z.number().max(499),
      path: z.string().optional(),
      error: ErrorBody.shape.error,
      details: ErrorBody.shape.details,
      request_id: z.string().nullable(),
    }),
  }),
})
const RpcAnswer = z.union([RpcError, z.object({ result: z.object({ data: z.unknown() }) })])

interface Outcome {
  readonly status: number
  readonly headers: string
  readonly body: string
}

async function token(claims: Readonly<Record<string, string>>, expires = '1h'): Promise<string> {
  return new SignJWT({ tenant_id: 'hallym_univ', sub: 'u', iss: tokenRules.issuer, aud: 'fuzz', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(Buffer.from(SECRET))
}

function serveGolden(failures: RequestFailure[]): Promise<RunningServer> {
  const handler = goldenHandler()
  const options = {
    env: { MARKET_API_KEY: KEY },
    failureLimit: { max: Number.MAX_SAFE_INTEGER, windowMs: 60_000 },
    onError: (failure: RequestFailure) => failures.push(failure),
  }
  const app = new Koa()
  app.silent = true
  app.use(standardApi(handler, { ...options, userTokens: bearerAuth(tokenRules) }))
  return serve(app.use(marketCompatApi(handler, options)))
}

function send(port: number, agent: Agent, { method, path, headers, body }: FuzzRequest): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } })
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)))
    sent.on('error', reject)
    sent.on('response', (response) => read(response).then(resolve, reject))
    sent.end(body)
  })
}

async function read(response: IncomingMessage): Promise<Outcome> {
  const body = await text(response)
  return { status: response.statusCode ?? 0, headers: response.rawHeaders.join('\n'), body }
}

/** What is wrong with an answer, or undefined. */
function faultOf({ method, path }: FuzzRequest, { status, headers, body }: Outcome): string | undefined {
  if (status >= 500 || status < 200) return `status ${status}`
  const leak = LEAKS.find((one) => body.includes(one) || headers.includes(one))
  if (leak !== undefined) return `leak of ${leak}`
  if (status < 400 || body === '') return undefined
  if (path.startsWith('/mt/trpc/') && !headers.includes('Allow')) return rpcFault(body)
  if (!/^\/(?:mt|api\/tenant)(?:[/?]|$)/.test(path) && body === 'Not Found') return undefined
  const parsed = ErrorBody.strict().safeParse(jsonOf(body))
  return parsed.success || method === 'HEAD' ? undefined : `error body ${body.slice(0, 200)}`
}

function rpcFault(body: string): string | undefined {
  const fits = [jsonOf(body)].flat().every((one) => RpcAnswer.safeParse(one).success)
  return fits ? undefined : `tRPC error body ${body.slice(0, 200)}`
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

async function sendAll(requests: readonly FuzzRequest[], faults: string[]): Promise<Map<number, number>> {
  const failures: RequestFailure[] = []
  const statuses = new Map<number, number>()
  const { port, close } = await serveGolden(failures)
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const waiting = requests.values()
  const worker = async () => {
    for (const one of waiting) {
      const outcome = await send(port, agent, one).catch((error: unknown) => error)
      const fault = outcome instanceof Error ? outcome.message : faultOf(one, outcome as Outcome)
      if (fault !== undefined) faults.push(`${fault}: ${shown(one)}`)
      const { status = 0 } = outcome as Partial<Outcome>
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
  await close(PATIENCE_MS)
  for (const { error, operation } of failures) faults.push(`${operation}: ${String(error.cause)}`)
  return statuses
}

function shown({ body, ...rest }: FuzzRequest): string {
  return JSON.stringify({ ...rest, body: body?.toString('latin1').slice(0, 300) }).slice(0, 1_500)
}

describe('the whole service', () => {
  it(`answers ${REQUESTS} generated requests without failing, leaking or hanging`, { timeout: 600_000 }, async () => {
    const tokens = await Promise.all([
      token({ role: 'admin' }),
      token({ role: 'user' }),
      token({ role: 'admin', tenant_id: 'seoul_univ' }),
      token({ role: 'admin' }, '-1h'),
    ])
    const faults: string[] = []
    const statuses = new Map<number, number>()
    for (let from = 0; from < REQUESTS; from += REQUESTS_PER_SERVER) {
      const numRuns = Math.min(REQUESTS_PER_SERVER, REQUESTS - from)
      const requests = fc.sample(fuzzRequests({ key: KEY, tokens }), { seed: SEED + from, numRuns })
      for (const [status, count] of await sendAll(requests, faults)) {
        statuses.set(status, (statuses.get(status) ?? 0) + count)
      }
    }
    expect(faults.slice(0, 10), `${faults.length} faults with seed ${SEED}`).toEqual([])
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10)
    if (REQUESTS < 20_000) return
    // The generator reaches what it is meant to reach.
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining([200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429]),
    )
  })

  it('answers or closes sockets that speak something like HTTP', { timeout: 120_000 }, async () => {
    const failures: RequestFailure[] = []
    const { port, close } = await serveGolden(failures)
    const faults: string[] = []
    const waiting = fc.sample(rawBytes, { seed: SEED, numRuns: Math.ceil(REQUESTS / 10) }).values()
    const worker = async () => {
      for (const bytes of waiting) {
        const answer = await exchangeRaw(port, bytes, PATIENCE_MS).catch(String)
        const wrong =
          /HTTP\/1\.1 5\d\d /.test(answer.replaceAll('HTTP/1.1 505 ', '')) || !/^(?:HTTP\/1\.1 |$)/.test(answer)
        const leak = LEAKS.find((one) => answer.includes(one))
        if (wrong || leak !== undefined)
          faults.push(`${leak ?? answer.slice(0, 200)}: ${bytes.toString('latin1').slice(0, 300)}`)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, worker))
    expect(faults.slice(0, 10), `${faults.length} faults with seed ${SEED}`).toEqual([])
    expect(failures).toEqual([])
    const head = `GET /mt/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
    expect(await exchangeRaw(port, Buffer.from(head), PATIENCE_MS)).toMatch(/^HTTP\/1\.1 200 /)
    await close(0)
  })
})

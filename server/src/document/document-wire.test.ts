import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Operation, type OperationName, operations } from '../contract/index.ts'
import type { RunningServer } from '../http/serve.ts'
import { answerValidator, type DocumentedOperation, operationsOf } from './answer-schemas.test.support.ts'
import type { OpenApiDocument } from './generate-document.ts'
import { KEY, MAX_BODY_SIZE, serveMemory, userToken } from './memory-service.test.support.ts'

interface Sending {
  readonly tenant?: string
  readonly user?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON text unless it is text already. */
  readonly body?: unknown
}

const activation = {
  tenant_name: '한림대학교',
  plan: 'premium',
  features: ['rag'],
  contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
}
const activationOf = (tenant: string): Sending => ({ tenant, body: { tenant_id: tenant, ...activation } })

/** What a successful call sends beside the key; the tenant is `hallym_univ`. */
const good: Partial<Record<OperationName, Sending>> = {
  activateTenant: activationOf('new_univ'),
  deactivateTenant: { body: { reason: 'admin_request' } },
  getTenantUsage: { query: 'period=2026-01' },
  getTopUsers: { query: 'limit=5' },
  listUsers: { query: 'limit=5&role=admin' },
  createUser: { body: { email: 'new@hallym.ac.kr', name: '신규' } },
  updateUser: { body: { name: '새이름' } },
  updateSettings: { body: { features: { quiz: true } } },
  getBillingUsage: { query: 'period=2026-01' },
  getBillingDetail: { query: 'period=2026-01' },
}

/** Queries of the wrong form, of the operations that have a rule for one. */
const badQueries: Partial<Record<OperationName, readonly (readonly [string, string])[]>> = {
  getTenantUsage: [
    ['', '422 INVALID_REQUEST'],
    ['period=2026-13', '400 INVALID_REQUEST'],
  ],
  getTopUsers: [['limit=51', '422 INVALID_REQUEST']],
  listUsers: [['role=king', '422 INVALID_REQUEST']],
  listResources: [['limit=0', '422 INVALID_REQUEST']],
  getBillingUsage: [
    ['', '422 INVALID_REQUEST'],
    ['period=now', '400 INVALID_REQUEST'],
  ],
  getBillingDetail: [
    ['', '422 INVALID_REQUEST'],
    ['period=now', '400 INVALID_REQUEST'],
  ],
}

/** What only some operations refuse. */
const ownErrors: Partial<Record<OperationName, readonly (readonly [Sending, string])[]>> = {
  activateTenant: [
    [activationOf('hallym_univ'), '409 TENANT_EXISTS'],
    [activationOf('full_univ'), '429 QUOTA_EXCEEDED'],
    [activationOf('locked_univ'), '403 FEATURE_DISABLED'],
    [{ ...activationOf('new_univ'), tenant: 'other_univ' }, '400 INVALID_REQUEST'],
  ],
  createUser: [
    [{ body: { email: 'kim@hallym.ac.kr', name: '김한림' } }, '409 USER_EXISTS'],
    [{ tenant: 'full_univ' }, '429 QUOTA_EXCEEDED'],
  ],
  updateSettings: [[{ tenant: 'locked_univ' }, '403 FEATURE_DISABLED']],
}

const bodyTrials: readonly (readonly [Sending, string])[] = [
  [{ body: 'x'.repeat(MAX_BODY_SIZE + 1) }, '413 PAYLOAD_TOO_LARGE'],
  [{ headers: { 'Content-Encoding': 'gzip' } }, '415 UNSUPPORTED_MEDIA_TYPE'],
  [{ body: '{' }, '422 INVALID_REQUEST'],
  [{ body: '[]' }, '422 INVALID_REQUEST'],
]

let service: RunningServer
let strict: RunningServer
let broken: RunningServer
let document: OpenApiDocument
let documented: readonly DocumentedOperation[]
let reasonAgainst: ReturnType<typeof answerValidator>

beforeAll(async () => {
  service = await serveMemory()
  strict = await serveMemory({ failureLimit: { max: 0, windowMs: 60_000 } })
  broken = await serveMemory({}, { checkHealth: () => Promise.resolve(7 as unknown as 'healthy') })
  document = await fetch(`${service.url}/mt/openapi.json`).then(
    (response) => response.json() as Promise<OpenApiDocument>,
  )
  documented = operationsOf(document)
  reasonAgainst = answerValidator(document)
})

afterAll(async () => {
  await Promise.all([service, strict, broken].map((one) => one.close()))
})

function operationNamed(name: string): DocumentedOperation {
  const found = documented.find(({ object }) => object.operationId === name)
  if (!found) throw new Error(`${name} is not in the document`)
  return found
}

/** Sends to the place the document names and gives `<status>` or `<status> <code>` of an answer that fits it. */
async function answerTo(name: OperationName, sending: Sending, server = service): Promise<string> {
  const operation = operationNamed(name)
  const { tenant = 'hallym_univ', user = 'user_001', query, headers, body } = { ...good[name], ...sending }
  const path = operation.path.replace('{tenant_id}', tenant).replace('{user_id}', user)
  const base = document.servers?.[0]?.url ?? ''
  const response = await fetch(`${server.url}${base}${path}${query ? `?${query}` : ''}`, {
    method: operation.method.toUpperCase(),
    headers: { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const json = (await response.json()) as { readonly error?: string }
  const described = operation.object.responses?.[String(response.status)]
  expect(Object.keys(operation.object.responses ?? {}), name).toContain(String(response.status))
  expect(reasonAgainst(operation, response.status, json), `${name} ${response.status}`).toBe('')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('x-request-id')).toBeTruthy()
  if (response.ok) return String(response.status)
  const waits = ['TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'].includes(json.error ?? '')
  expect(response.headers.has('retry-after')).toBe(waits)
  if (waits) expect(described.headers).toHaveProperty('Retry-After')
  return `${response.status} ${json.error}`
}

/** Everything that is known to make an operation answer, with the answer it must give. */
async function trials(name: OperationName): Promise<readonly (readonly [Sending, string, RunningServer?])[]> {
  const { access, path, body, status, errors }: Operation = operations[name]
  const wrongKey = { 'X-Market-API-Key': 'wrong' }
  const noKey = { 'X-Market-API-Key': '' }
  const success = [{}, String(status)] as const
  if (access === 'public') return [success, [{ headers: noKey }, '200'], [{}, '500 INTERNAL_ERROR', broken]]
  const ofTenant = (tenant: string) => (name === 'activateTenant' ? activationOf(tenant) : { tenant })
  const stranger = { ...noKey, Authorization: `Bearer ${await userToken('other_univ', 'admin')}` }
  return [
    success,
    [{ headers: noKey }, '401 UNAUTHORIZED'],
    [{ headers: wrongKey }, '401 UNAUTHORIZED'],
    [{ headers: wrongKey }, '429 TOO_MANY_REQUESTS', strict],
    [{ headers: stranger }, '403 FORBIDDEN'],
    [{ tenant: 'hallym%00univ' }, '400 INVALID_REQUEST'],
    [{ headers: { 'X-Tenant-ID': 'third_univ' } }, '400 TENANT_MISMATCH'],
    [ofTenant('boom_univ'), '500 INTERNAL_ERROR'],
    [ofTenant('down_univ'), '503 SERVICE_UNAVAILABLE'],
    ...(errors.includes('TENANT_NOT_FOUND') ? ([[{ tenant: 'no_univ' }, '404 TENANT_NOT_FOUND']] as const) : []),
    ...(path.includes('{user_id}') ? ([[{ user: 'user_404' }, '404 USER_NOT_FOUND']] as const) : []),
    ...(body ? bodyTrials : []),
    ...(badQueries[name] ?? []).map(([query, answer]) => [{ query }, answer] as const),
    ...(ownErrors[name] ?? []),
  ]
}

/** Answers the document names for an operation, in the same words. */
function documentedAnswers({ object }: DocumentedOperation): readonly string[] {
  return Object.entries(object.responses ?? {}).flatMap(([status, { content }]) => {
    if (status === 'default') return []
    const { examples } = content['application/json']
    return status.startsWith('2') ? [status] : Object.keys(examples).map((code) => `${status} ${code}`)
  })
}

describe('the document and the wire', () => {
  it.each(Object.keys(operations) as OperationName[])('%s gives every documented answer and no other', async (name) => {
    const given = new Set<string>()
    for (const [sending, expected, server] of await trials(name)) {
      const answer = await answerTo(name, sending, server)
      expect(answer, JSON.stringify(sending)).toBe(expected)
      given.add(answer)
    }
    expect([...given].toSorted()).toEqual(documentedAnswers(operationNamed(name)).toSorted())
  })

  it('lets a token in exactly where the document says so', async () => {
    const Authorization = `Bearer ${await userToken('hallym_univ', 'admin')}`
    for (const { object } of documented) {
      const name = object.operationId as OperationName
      const headers = { 'X-Market-API-Key': '', Authorization }
      const allowed = object.security?.length === 0 || object.security?.some((one) => 'UserToken' in one)
      expect(await answerTo(name, { headers }), name).toBe(allowed ? String(operations[name].status) : '403 FORBIDDEN')
    }
  })

  it('refuses every method that a path does not have and names those of the document', async () => {
    const byPath = Map.groupBy(documented, ({ path }) => path)
    const [any] = documented
    if (!any) throw new Error('The document is empty')
    for (const [path, described] of byPath) {
      const own = described.map(({ method }) => method.toUpperCase())
      const allowed = new Set([...own, 'OPTIONS', ...(own.includes('GET') ? ['HEAD'] : [])])
      const url = `${service.url}/mt${path.replaceAll(/\{[^}]+\}/g, 'x')}`
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !own.includes(one))) {
        const response = await fetch(url, { method })
        expect(response.status, `${method} ${path}`).toBe(405)
        expect(new Set(response.headers.get('allow')?.split(', '))).toEqual(allowed)
        expect(reasonAgainst(any, 'default', await response.json())).toBe('')
      }
    }
  })

  it('tells of the options the service was started with', async () => {
    const custom = await serveMemory({ prefix: '/svc', apiKeyHeader: 'X-My-Key', title: 'Advisor', maxBodySize: 99 })
    try {
      const response = await fetch(`${custom.url}/svc/openapi.json`)
      const { info, servers, components, paths } = (await response.json()) as OpenApiDocument
      expect(info).toMatchObject({ title: 'Advisor', version: '3.2.1' })
      expect(servers).toEqual([{ url: '/svc' }])
      expect(components?.securitySchemes?.MarketKey).toMatchObject({ name: 'X-My-Key' })
      expect(JSON.stringify(paths?.['/tenant/{tenant_id}/users'])).toContain('larger than 99 bytes')
    } finally {
      await custom.close()
    }
  })
})

import { type Environment, startTemporaryServer } from '@mt-paas/core'
import type { RequestFailure } from '@mt-paas/server'
import type { z } from 'zod'
import { LoginAnswer } from './assistant-answers.test.support.ts'
import type { AssistantDefinition } from './assistant-definition.ts'
import { type AssistantService, startAssistant } from './assistant-service.ts'
import { type User, user as userEntity } from './entity/index.ts'
import { hashPassword } from './login/password-hash.ts'

/** A request of a test. */
export interface BedRequest {
  /** @default GET, or POST with a body */
  readonly method?: string
  readonly body?: unknown
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back. */
export interface BedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON, undefined where it is none. */
  readonly json: unknown
  /** The body as the schema has it; throws where it does not fit. */
  as<TSchema extends z.ZodType>(schema: TSchema): z.output<TSchema>
}

/** A sample service on a PostgreSQL of its own, for the tests of one file. */
export interface AssistantBed {
  readonly service: AssistantService
  /** What was answered with a 5xx. */
  readonly failures: readonly RequestFailure[]
  send(path: string, request?: BedRequest): Promise<BedAnswer>
  /** As the market. */
  market(path: string, request?: BedRequest): Promise<BedAnswer>
  /** Makes a tenant with an administrator, `admin@<id>.kr`, and gives its token. */
  tenant(id: string, plan?: string): Promise<string>
  /** Makes a user and gives a token. */
  user(tenantId: string, name: string, role?: User['role']): Promise<string>
  close(): Promise<void>
}

const KEY = 'key-of-the-market'

const CHEAP = { N: 16, r: 1, p: 1 }

/** Password of every user of a bed. */
export const BED_PASSWORD = '비밀번호 1234'

/** Starts a service. */
export async function openAssistantBed(
  definition: AssistantDefinition,
  { env = {}, now = () => new Date() }: { readonly env?: Environment; readonly now?: () => Date } = {},
): Promise<AssistantBed> {
  const server = await startTemporaryServer()
  const failures: RequestFailure[] = []
  const central = new URL(server.url)
  central.pathname = '/central'
  const service = await startAssistant(definition, {
    centralUrl: central.href,
    apiKey: KEY,
    port: 0,
    env,
    onFailure: (failure) => void failures.push(failure),
    now,
    passwordCost: CHEAP,
  })

  async function send(path: string, { method, body, token, headers = {} }: BedRequest = {}): Promise<BedAnswer> {
    const response = await fetch(service.url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const json: unknown = isJson ? JSON.parse(text) : undefined
    const { status, headers: received } = response
    return { status, headers: received, text, json, as: (schema) => schema.parse(json) }
  }

  const market: AssistantBed['market'] = (path, request = {}) =>
    send(path, { ...request, headers: { 'X-Market-API-Key': KEY, ...request.headers } })

  async function user(tenantId: string, name: string, role: User['role'] = 'user'): Promise<string> {
    const email = `${name}@${tenantId}.kr`
    const em = await service.multiTenant.tenants.entityManager(tenantId)
    em.create(userEntity, {
      id: `user_${name}`,
      email,
      emailKey: email,
      name,
      role,
      status: 'active',
      passwordHash: await hashPassword(BED_PASSWORD, CHEAP),
      createdAt: now(),
      lastLogin: null,
    })
    await em.flush()
    const body = { tenant_id: tenantId, email, password: BED_PASSWORD }
    return (await send('/api/auth/login', { body })).as(LoginAnswer).token
  }

  return {
    service,
    failures,
    send,
    market,
    user,
    async tenant(id, plan = 'standard') {
      const contact = { email: `contact@${id}.kr`, name: '홍길동' }
      const body = { tenant_id: id, tenant_name: `${id} 대학교`, plan, features: [], contact }
      await market(`/mt/tenant/${id}/activate`, { body })
      return user(id, 'admin', 'admin')
    },
    async close() {
      await service.close()
      await server.stop()
    },
  }
}

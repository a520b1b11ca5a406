import { API_KEY, KEY_HEADER } from './answers.ts'

/** One request as it goes over the wire, again and again. */
export interface WireRequest {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
}

const tenant = '/mt/tenant/hallym_univ'

const activation = {
  tenant_id: 'hallym_univ',
  tenant_name: 'Hallym University',
  plan: 'premium',
  features: ['ai_chat', 'rag', 'quiz'],
  config: { max_users: 500, language: 'ko' },
  contact: { email: 'admin@hallym.ac.kr', name: 'Hong Gil-dong' },
}

/** The five requests of every REST contender. */
export const restRequests: readonly WireRequest[] = [
  { name: 'health', method: 'GET', path: '/mt/health' },
  { name: 'status', method: 'GET', path: `${tenant}/status` },
  { name: 'stats', method: 'GET', path: `${tenant}/stats?period=30d` },
  { name: 'users', method: 'GET', path: `${tenant}/users?role=user&status=active&limit=16&offset=0` },
  { name: 'activate', method: 'POST', path: `${tenant}/activate`, body: JSON.stringify(activation) },
]

const ofTenant = { tenant_id: 'hallym_univ' }
const rpcQueries: readonly (readonly [name: string, procedure: string, input: object | undefined])[] = [
  ['health', 'checkHealth', undefined],
  ['status', 'getTenantStatus', ofTenant],
  ['stats', 'getTenantStats', { ...ofTenant, period: '30d' }],
  ['users', 'listUsers', { ...ofTenant, role: 'user', status: 'active', limit: 16, offset: 0 }],
]

/** The same five over the tRPC protocol, and ten of one kind in a batch. */
export const rpcRequests: readonly WireRequest[] = [
  ...rpcQueries.map(([name, procedure, input]): WireRequest => {
    return { name, method: 'GET', path: `/mt/trpc/${procedure}${input ? `?input=${encoded(input)}` : ''}` }
  }),
  { name: 'activate', method: 'POST', path: '/mt/trpc/activateTenant', body: JSON.stringify(activation) },
  {
    name: 'batch of ten',
    method: 'GET',
    path: `/mt/trpc/${Array(10).fill('getTenantStatus').join(',')}?batch=1&input=${encoded({ ...Array(10).fill(ofTenant) })}`,
  },
]

/** The bytes of a request, with the headers that the SDK's client sends. */
export function wireBytes({ method, path, body }: WireRequest): Buffer {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `${KEY_HEADER}: ${API_KEY}`]
  if (body === undefined) return Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
  head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`)
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function encoded(value: object): string {
  return encodeURIComponent(JSON.stringify(value))
}

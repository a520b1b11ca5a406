import { type OperationName, operations } from '../contract/index.ts'
import type { Call } from '../http/http-call.test.support.ts'
import { activation } from './example-service.test.support.ts'

const PERIOD = '2026-01'

/** Members that some operation needs, beside the ids. */
const members = { period: PERIOD, reason: 'violation', email: 'a@b.c', name: 'a' }

/** An input that fits any operation; what it does not know is left out of it. */
function inputOf(name: OperationName, tenantId: string): Readonly<Record<string, unknown>> {
  const known = { ...(name === 'activateTenant' ? activation : members), tenant_id: tenantId, user_id: 'u1' }
  const { shape } = operations[name].input
  return Object.fromEntries(Object.entries(known).filter(([member]) => member in shape))
}

/** A request over REST that fits the operation. */
export function requestFor(name: OperationName, tenantId = 't1'): Call {
  const { method, path } = operations[name]
  const target = `/mt${path.replace('{tenant_id}', tenantId).replace('{user_id}', 'u1')}`
  if (method === 'GET' || method === 'DELETE') return { method, path: `${target}?period=${PERIOD}` }
  return { method, path: target, body: inputOf(name, tenantId) }
}

/** The same request over the tRPC protocol. */
export function rpcRequestFor(name: OperationName, tenantId = 't1'): Call {
  const path = `/mt/trpc/${name}`
  const input = inputOf(name, tenantId)
  if (operations[name].type === 'mutation') return { method: 'POST', path, body: input }
  return { path: `${path}?input=${encodeURIComponent(JSON.stringify(input))}` }
}

import {
  type EntityManager,
  type MultiTenant,
  openMultiTenant,
  startTemporaryServer,
  type TemporaryServer,
} from '@mt-paas/core'
import type { HandlerContext, ProcedureOutput } from '@mt-paas/server'
import { type OperationName, operations } from '@mt-paas/server/contract'
import { advisor } from '../advisor/advisor.ts'
import { assistantHandler } from './assistant-handler.ts'
import { tenantDatabases } from './tenant-databases.ts'
import { meterUsage } from './usage/meter-usage.ts'

/** The time of every call. */
export const BENCH_NOW = new Date('2026-01-31T09:00:00Z')

type TenantOperation = Exclude<OperationName, 'checkHealth'>

/** Advisor's handler on a PostgreSQL of its own, for tests. */
export interface AssistantBench {
  /** Begins with a fresh tenant; ids of users count from 1. */
  reset(): Promise<string>
  /** Activates the tenant of the last reset. */
  activate(more?: object): Promise<unknown>
  /** Calls a procedure as the router does: input and output go through the contract. */
  call<TName extends TenantOperation>(name: TName, input?: object): Promise<ProcedureOutput<TName>>
  /** An entity manager of the tenant. */
  entityManager(): Promise<EntityManager>
  /** Records the usage of the tenant's rows. */
  meter(): Promise<void>
  close(): Promise<void>
}

/** Starts the bench. */
export async function openAssistantBench(): Promise<AssistantBench> {
  const server = await startTemporaryServer()
  const central = new URL(server.url)
  central.pathname = '/central'
  let ids = 0
  let tenants = 0
  let tenantId = ''
  const now = () => BENCH_NOW
  const newId = () => {
    ids += 1
    return String(ids).padStart(3, '0')
  }
  const multiTenant = await openMultiTenant({
    centralUrl: central.href,
    ...tenantDatabases(advisor, { now, newId }),
    now,
  })
  const accessUrl = (id: string) => `http://127.0.0.1:10300/?tenant=${id}`
  const mt = { ...multiTenant, configuration: { apiPort: 10_300 } }
  const handler = assistantHandler(advisor, {
    mt,
    baseUrl: 'http://127.0.0.1:10300',
    accessUrl,
    now,
    newId,
    passwordCost: { N: 16, r: 1, p: 1 },
  })

  async function call<TName extends TenantOperation>(name: TName, input: object = {}): Promise<ProcedureOutput<TName>> {
    const procedure: (options: { input: unknown; ctx: HandlerContext }) => unknown = Reflect.get(
      handler as object,
      name,
    )
    const parsed = operations[name].input.parse({ tenant_id: tenantId, ...input })
    return operations[name].output.parse(await procedure({ input: parsed, ctx: CONTEXT })) as ProcedureOutput<TName>
  }

  function activate(more: object = {}) {
    return call('activateTenant', {
      tenant_name: '한림대학교',
      plan: 'premium',
      features: ['ai_chat', 'rag'],
      config: { max_users: 4, theme: 'blue' },
      contact: { email: 'Admin@hallym.ac.kr', name: '홍길동' },
      ...more,
    })
  }

  return {
    call,
    activate,
    entityManager: () => multiTenant.tenants.entityManager(tenantId),
    meter: async () => meterUsage(await multiTenant.tenants.entityManager(tenantId), { ...multiTenant, tenantId, now }),
    async reset() {
      ids = 0
      tenants += 1
      tenantId = `hallym_${tenants}`
      await activate()
      return tenantId
    },
    close: () => closeAll(multiTenant, server),
  }
}

async function closeAll(multiTenant: MultiTenant, server: TemporaryServer): Promise<void> {
  await multiTenant.close()
  await server.stop()
}

const CONTEXT: HandlerContext = {
  signal: new AbortController().signal,
  requestId: 'test',
  tenantId: undefined,
  caller: { kind: 'market', keyId: 'test' },
  idempotencyKey: undefined,
  respondAsync: false,
  reply: { status: undefined, setHeader: () => undefined },
}

import { operations } from '@mt-paas/server/contract'
import { defineArea } from '../check.ts'
import type { CallOptions, CheckContext } from '../check-context.ts'
import { equals, hasMember, hasStatus } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'

type Name = keyof typeof operations

function trpc(
  ctx: CheckContext,
  name: Name,
  { members, options = {} }: { members: Members; options?: CallOptions },
): Promise<Exchange> {
  const path = `${ctx.target.prefix}/trpc/${name}`
  if (operations[name].type === 'mutation') return ctx.send(path, { method: 'POST', body: members, ...options })
  return ctx.send(`${path}?${new URLSearchParams({ input: JSON.stringify(members) })}`, options)
}

/** Checks on the tRPC endpoint. */
export const trpcChecks = defineArea('trpc', { rule: 'trpc', needs: ['standard', 'trpc'] }, [
  {
    id: 'trpc-query',
    title: ['쿼리는 REST와 같은 답을 합니다', 'Answers a query as REST does'],
    async run(ctx) {
      const members = { tenant_id: await ctx.sharedTenant() }
      const rest = await ctx.call('getTenantStatus', members)
      const exchange = await trpc(ctx, 'getTenantStatus', { members })
      return [hasStatus(exchange, 200), hasMember(exchange, 'result.data', rest.json)]
    },
  },
  {
    id: 'trpc-mutation',
    needs: ['v2'],
    title: ['뮤테이션은 REST에서도 보입니다', 'Makes changes that REST shows'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const email = ctx.newEmail()
      const exchange = await trpc(ctx, 'createUser', { members: { tenant_id, email, name: 'tRPC' } })
      const found = await ctx.call('listUsers', { tenant_id, search: email })
      return [
        hasStatus(exchange, 200),
        hasMember(found, 'users.0.user_id', memberAt(exchange.json, 'result', 'data', 'user_id')),
      ]
    },
  },
  {
    id: 'trpc-key',
    title: ['키 없이는 401입니다', 'Is 401 without a key'],
    async run(ctx) {
      const members = { tenant_id: await ctx.sharedTenant() }
      const exchange = await trpc(ctx, 'getTenantStatus', { members, options: { key: null } })
      return [hasStatus(exchange, 401), hasMember(exchange, 'error.data.error', 'UNAUTHORIZED')]
    },
  },
  {
    id: 'trpc-unknown-tenant',
    title: ['모르는 테넌트는 404 TENANT_NOT_FOUND입니다', 'Is 404 TENANT_NOT_FOUND for an unknown tenant'],
    async run(ctx) {
      const exchange = await trpc(ctx, 'getTenantStatus', { members: { tenant_id: ctx.newTenantId() } })
      return [hasStatus(exchange, 404), hasMember(exchange, 'error.data.error', 'TENANT_NOT_FOUND')]
    },
  },
  {
    id: 'trpc-input',
    title: ['맞지 않는 입력은 422 INVALID_REQUEST입니다', 'Is 422 INVALID_REQUEST for input that does not fit'],
    async run(ctx) {
      const exchange = await trpc(ctx, 'activateTenant', { members: { tenant_id: ctx.newTenantId() } })
      return [hasStatus(exchange, 422), hasMember(exchange, 'error.data.error', 'INVALID_REQUEST')]
    },
  },
  {
    id: 'trpc-batch',
    title: ['여러 호출을 한 요청으로 답합니다', 'Answers several calls in one request'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const input = JSON.stringify({ 0: {}, 1: { tenant_id } })
      const query = new URLSearchParams({ batch: '1', input })
      const exchange = await ctx.send(`${ctx.target.prefix}/trpc/checkHealth,getTenantStatus?${query}`)
      return [
        hasStatus(exchange, 200),
        equals('[1].result.data.tenant_id', {
          expected: tenant_id,
          received: memberAt(exchange.json, 1, 'result', 'data', 'tenant_id'),
          exchange,
        }),
      ]
    },
  },
])

/** Checks on the document of the API. */
export const documentChecks = defineArea('document', { rule: 'document', needs: ['standard', 'document'] }, [
  {
    id: 'document-version',
    level: 'SHOULD',
    title: ['OpenAPI 3.1 문서입니다', 'Is a document of OpenAPI 3.1'],
    async run(ctx) {
      const exchange = await ctx.send(`${ctx.target.prefix}/openapi.json`)
      return [
        equals('openapi', {
          expected: '3.1',
          received: String(memberAt(exchange.json, 'openapi')).slice(0, 3),
          exchange,
        }),
      ]
    },
  },
  {
    id: 'document-routes',
    level: 'SHOULD',
    needs: ['v2'],
    title: ['모든 경로와 메서드를 설명합니다', 'Describes every path and method'],
    async run(ctx) {
      const exchange = await ctx.send(`${ctx.target.prefix}/openapi.json`)
      const described = Object.entries(Object(memberAt(exchange.json, 'paths'))).flatMap(([path, methods]) =>
        Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path.replace(ctx.target.prefix, '')}`),
      )
      const expected = Object.values(operations).map(({ method, path }) => `${method} ${path}`)
      const missing = expected.filter((route) => !described.includes(route))
      return [equals('paths', { expected: [], received: missing, exchange })]
    },
  },
])

import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { hasErrorBody, isError } from '../expect/error-answer.ts'
import { equals, hasHeader, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, listAt, memberAt } from '../http/exchange.ts'
import { compatReads, kebab, needsOf, sampleMembers, tenantOperations } from './operation-samples.ts'

/** The predecessors' default methods answer these two for unknown tenants as well. */
const oftenDefaulted: ReadonlySet<string> = new Set(['getTopUsers', 'listResources'])

const unknownTenants = tenantOperations
  .filter((operation) => operation !== 'activateTenant')
  .map(
    (operation): CheckDraft => ({
      id: `unknown-tenant-${kebab(operation)}`,
      level: oftenDefaulted.has(operation) ? 'SHOULD' : 'MUST',
      needs: needsOf(operation),
      title: [`${operation}: 모르는 테넌트는 404입니다`, `${operation} is 404 for an unknown tenant`],
      run: async (ctx) =>
        isError(
          await ctx.call(operation, { tenant_id: ctx.newTenantId(), ...sampleMembers(operation, ctx) }),
          404,
          'TENANT_NOT_FOUND',
        ),
    }),
  )

const unknownOnCompat = compatReads.map(
  ([operation, capability]): CheckDraft => ({
    id: `unknown-tenant-compat-${kebab(operation)}`,
    level: 'SHOULD',
    needs: [capability],
    title: [
      `예전 경로 ${operation}: 모르는 테넌트는 404입니다`,
      `The old path ${operation} is 404 for an unknown tenant`,
    ],
    run: async (ctx) => isError(await ctx.compat(operation, { tenant_id: ctx.newTenantId() }), 404, 'TENANT_NOT_FOUND'),
  }),
)

/** Checks on unknown tenants, on every route. */
export const unknownTenantChecks = defineArea('unknown-tenant', { rule: 'unknownTenant', needs: [] }, [
  ...unknownTenants,
  ...unknownOnCompat,
])

type Cause = (ctx: CheckContext) => Promise<Exchange>

const causes: readonly (readonly [name: string, ko: string, en: string, cause: Cause])[] = [
  ['401', '틀린 키', 'a wrong key', async (ctx) => status(ctx, { key: 'invalid_key' })],
  [
    '404-tenant',
    '모르는 테넌트',
    'an unknown tenant',
    (ctx) => ctx.call('getTenantStatus', { tenant_id: ctx.newTenantId() }),
  ],
  ['404-path', '없는 경로', 'an unknown path', (ctx) => ctx.send(`${ctx.target.prefix}/nothing-here`)],
  ['405', '다른 메서드', 'another method', async (ctx) => status(ctx, { method: 'DELETE' })],
  [
    '409',
    '이미 있는 테넌트',
    'a tenant that is there already',
    async (ctx) => ctx.call('activateTenant', ctx.activation(await ctx.sharedTenant())),
  ],
  [
    '400',
    '다른 형식의 기간',
    'a period of another form',
    async (ctx) => ctx.call('getTenantUsage', { tenant_id: await ctx.sharedTenant(), period: 'x' }),
  ],
  [
    '422',
    '맞지 않는 본문',
    'a body that does not fit',
    (ctx) => ctx.call('activateTenant', { tenant_id: ctx.newTenantId() }),
  ],
]

async function status(
  ctx: CheckContext,
  options: { readonly key?: string; readonly method?: string },
): Promise<Exchange> {
  return ctx.call('getTenantStatus', { tenant_id: await ctx.sharedTenant() }, options)
}

const bodies = causes.map(
  ([name, ko, en, cause]): CheckDraft => ({
    id: `error-body-${name}`,
    level: 'SHOULD',
    title: [`${ko}에 대한 오류 본문은 계약의 것입니다`, `Has the contract's error body for ${en}`],
    run: async (ctx) => hasErrorBody(await cause(ctx)),
  }),
)

const SECRET = 'Never-repeat-this-value-42'

/** Checks on the bodies of errors. */
export const errorChecks = defineArea('error', { rule: 'errorBody', needs: ['standard'] }, [
  ...bodies,
  {
    id: 'error-json',
    title: ['오류도 JSON입니다', 'Answers errors as JSON'],
    async run(ctx) {
      const refused = await status(ctx, { key: 'invalid_key' })
      const unknown = await ctx.call('getTenantStatus', { tenant_id: ctx.newTenantId() })
      return [
        hasStatus(refused, 401),
        hasStatus(unknown, 404),
        hasHeader(refused, 'content-type', /^application\/json\b/),
        hasHeader(unknown, 'content-type', /^application\/json\b/),
      ]
    },
  },
  {
    id: 'error-request-id',
    level: 'SHOULD',
    title: ['request_id는 헤더와 같습니다', 'Has a request_id that equals the header'],
    async run(ctx) {
      const exchange = await status(ctx, { key: 'invalid_key' })
      const received = memberAt(exchange.json, 'request_id') ?? null
      const expected = exchange.headers['x-request-id'] ?? 'a header X-Request-Id'
      return [equals('request_id', { expected, received, exchange })]
    },
  },
  {
    id: 'error-places',
    level: 'SHOULD',
    rule: 'validation',
    title: ['422는 맞지 않는 위치를 모두 알려 줍니다', 'Names every place that does not fit'],
    async run(ctx) {
      const tenant_id = ctx.newTenantId()
      const body = { ...ctx.activation(tenant_id), plan: 5, contact: { name: 'x' } }
      const exchange = await ctx.call('activateTenant', body)
      const received = listAt(exchange.json, 'details', 'issues').map((issue) => JSON.stringify(memberAt(issue, 'loc')))
      const expected = ['["body","contact","email"]', '["body","plan"]']
      return [equals('details.issues.loc', { expected, received: received.toSorted(), exchange })]
    },
  },
  {
    id: 'error-query-places',
    level: 'SHOULD',
    rule: 'validation',
    needs: ['v2'],
    title: ['쿼리의 위치는 query로 시작합니다', 'Names places in the query'],
    async run(ctx) {
      const exchange = await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant(), limit: 0 })
      return [
        equals('details.issues.loc', {
          expected: ['query', 'limit'],
          received: memberAt(exchange.json, 'details', 'issues', 0, 'loc'),
          exchange,
        }),
      ]
    },
  },
  {
    id: 'error-no-echo',
    level: 'SHOULD',
    rule: 'validation',
    needs: ['v2'],
    title: ['422는 보낸 값을 되돌려 주지 않습니다', 'Repeats none of the values that were sent'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.call('createUser', { tenant_id, email: 5, name: 'x', password: SECRET })
      const ok = !exchange.text.includes(SECRET)
      return [
        hasStatus(exchange, 422),
        holds('body', ok, { expected: 'no values', received: 'the password', exchange }),
      ]
    },
  },
])

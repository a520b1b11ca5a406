import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, hasHeader, hasMember, hasStatus } from '../expect/expectation.ts'

async function tenantPath(ctx: CheckContext): Promise<string> {
  return `${ctx.target.prefix}/tenant/${await ctx.sharedTenant()}`
}

function notFound(
  id: string,
  title: readonly [string, string],
  path: (ctx: CheckContext) => Promise<string>,
): CheckDraft {
  return { id, title, run: async (ctx) => isError(await ctx.send(await path(ctx)), 404) }
}

/** Checks on paths and methods. */
const routing: readonly CheckDraft[] = [
  notFound(
    'http-unknown-path',
    ['없는 경로는 404입니다', 'Is 404 for an unknown path'],
    async ({ target }) => `${target.prefix}/nothing-here`,
  ),
  notFound(
    'http-unknown-subpath',
    ['테넌트 아래의 없는 경로는 404입니다', 'Is 404 for an unknown path of a tenant'],
    async (ctx) => `${await tenantPath(ctx)}/nothing-here`,
  ),
  notFound(
    'http-path-case',
    ['경로는 대소문자를 구별합니다', 'Tells the case of paths apart'],
    async (ctx) => `${await tenantPath(ctx)}/STATUS`,
  ),
  notFound(
    'http-double-slash',
    ['겹친 슬래시는 404입니다', 'Is 404 for doubled slashes'],
    async (ctx) => `${await tenantPath(ctx)}//status`,
  ),
  notFound(
    'http-encoded-slash',
    ['ID 안의 %2F는 404입니다', 'Is 404 for %2F in an id'],
    async (ctx) => `${await tenantPath(ctx)}%2Fx/status`,
  ),
  notFound(
    'http-empty-id',
    ['빈 ID는 404입니다', 'Is 404 for an empty id'],
    async ({ target }) => `${target.prefix}/tenant//status`,
  ),
  {
    ...notFound(
      'http-trailing-slash',
      ['끝의 슬래시는 404입니다', 'Is 404 for a trailing slash'],
      async (ctx) => `${await tenantPath(ctx)}/status/`,
    ),
    level: 'SHOULD',
  },
  {
    id: 'http-encoded-id',
    title: ['퍼센트로 표기한 ID를 한 번 해석합니다', 'Decodes an id once'],
    async run(ctx) {
      const id = await ctx.sharedTenant()
      const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`
      const exchange = await ctx.send(`${ctx.target.prefix}/tenant/${encoded}/status`)
      return [hasStatus(exchange, 200), hasMember(exchange, 'tenant_id', id)]
    },
  },
  {
    id: 'http-method',
    title: ['다른 메서드는 405입니다', 'Is 405 for another method'],
    run: async (ctx) => isError(await ctx.send(`${await tenantPath(ctx)}/status`, { method: 'DELETE' }), 405),
  },
]

/** Checks on headers and the methods that every path has. */
const headers: readonly CheckDraft[] = [
  {
    id: 'http-allow',
    rule: 'headers',
    title: ['405는 Allow로 메서드를 알려 줍니다', 'Names a method in Allow with a 405'],
    async run(ctx) {
      const exchange = await ctx.send(`${await tenantPath(ctx)}/status`, { method: 'DELETE' })
      return [hasHeader(exchange, 'allow', /\bGET\b/)]
    },
  },
  {
    id: 'http-allow-all',
    level: 'SHOULD',
    rule: 'headers',
    needs: ['v2'],
    title: ['Allow는 경로의 모든 메서드를 알려 줍니다', 'Names every method of the path in Allow'],
    async run(ctx) {
      const exchange = await ctx.send(`${await tenantPath(ctx)}/users`, { method: 'PATCH', body: {} })
      return [
        hasStatus(exchange, 405),
        hasHeader(exchange, 'allow', /\bGET\b/),
        hasHeader(exchange, 'allow', /\bPOST\b/),
      ]
    },
  },
  {
    id: 'http-head',
    level: 'SHOULD',
    rule: 'headers',
    title: ['HEAD는 GET과 같고 본문이 없습니다', 'Answers HEAD as GET, without a body'],
    async run(ctx) {
      const exchange = await ctx.send(`${await tenantPath(ctx)}/status`, { method: 'HEAD' })
      return [hasStatus(exchange, 200), equals('body', { expected: '', received: exchange.text, exchange })]
    },
  },
  {
    id: 'http-options',
    level: 'SHOULD',
    rule: 'headers',
    title: ['OPTIONS는 204와 Allow를 답합니다', 'Answers OPTIONS with 204 and Allow'],
    async run(ctx) {
      const exchange = await ctx.send(`${await tenantPath(ctx)}/status`, { method: 'OPTIONS', key: null })
      return [hasStatus(exchange, 204), hasHeader(exchange, 'allow', /\bGET\b/)]
    },
  },
  {
    id: 'http-content-type',
    rule: 'headers',
    title: ['성공한 답은 application/json입니다', 'Answers success as application/json'],
    run: async (ctx) => [
      hasHeader(await ctx.send(`${await tenantPath(ctx)}/status`), 'content-type', /^application\/json\b/),
    ],
  },
  {
    id: 'http-request-id',
    level: 'SHOULD',
    rule: 'headers',
    title: ['모든 답에 X-Request-Id가 있습니다', 'Carries X-Request-Id on every answer'],
    async run(ctx) {
      const answers = [
        await ctx.send(`${await tenantPath(ctx)}/status`),
        await ctx.send(`${await tenantPath(ctx)}/status`, { key: null }),
        await ctx.call('checkHealth'),
      ]
      return answers.map((exchange) => hasHeader(exchange, 'x-request-id', /./))
    },
  },
  {
    id: 'http-request-id-echo',
    level: 'SHOULD',
    rule: 'headers',
    title: ['보낸 X-Request-Id를 그대로 씁니다', "Keeps the caller's X-Request-Id"],
    async run(ctx) {
      const id = `verify-${ctx.word()}`
      const exchange = await ctx.send(`${await tenantPath(ctx)}/status`, { headers: { 'X-Request-Id': id } })
      return [
        equals('header x-request-id', { expected: id, received: exchange.headers['x-request-id'] ?? null, exchange }),
      ]
    },
  },
]

/** Checks on the frame of HTTP. */
export const httpChecks = defineArea('http', { rule: 'routing', needs: ['standard'] }, [...routing, ...headers])

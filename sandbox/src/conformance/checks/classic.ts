import { defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { equals, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import { flatApplication } from '../webhook-payload.ts'

const STATUSES = ['approved', 'processing', 'rejected', 'error']
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** The applications of the classic tester, the same in every run. */
function application(ctx: CheckContext, id: number, options: { readonly email: string; readonly kind?: string }) {
  return flatApplication(ctx, { id, ...options, university: '기본테스트대학' })
}

function answerOf(exchange: Exchange) {
  const { json } = exchange
  const [status, tenantId] = [memberAt(json, 'status'), memberAt(json, 'tenant_id')]
  const [tenantUrl, expiresAt] = [memberAt(json, 'tenant_url'), memberAt(json, 'expires_at')]
  const present = ['status', 'tenant_id', 'tenant_url', 'message'].filter((name) => memberAt(json, name) !== undefined)
  return [
    hasStatus(exchange, 200),
    equals('members', { expected: ['status', 'tenant_id', 'tenant_url', 'message'], received: present, exchange }),
    holds('status', typeof status === 'string' && STATUSES.includes(status), {
      expected: STATUSES,
      received: status,
      exchange,
    }),
    holds('tenant_id', typeof tenantId === 'string', { expected: 'text', received: tenantId, exchange }),
    holds('tenant_url', typeof tenantUrl === 'string' && /^https?:\/\//.test(tenantUrl), {
      expected: 'http:// or https://',
      received: tenantUrl,
      exchange,
    }),
    holds('expires_at', (expiresAt ?? null) === null || (typeof expiresAt === 'string' && ISO_8601.test(expiresAt)), {
      expected: 'ISO 8601',
      received: expiresAt,
      exchange,
    }),
  ]
}

/** The five checks of the classic tester: its names, its order, its verdicts, its applications. */
export const classicChecks = defineArea('classic', { rule: 'classic', needs: [] }, [
  {
    id: 'classic-health',
    title: ['헬스체크 (/health)', 'Health check (/health)'],
    hint: [
      '루트 경로 /health가 필요합니다(/mt/health가 아님). marketCompatApi가 제공합니다.',
      'The root path /health is needed, not /mt/health; marketCompatApi serves it.',
    ],
    async run(ctx) {
      const exchange = await ctx.send('/health', { key: null })
      const isJson = exchange.json !== undefined
      return [hasStatus(exchange, 200), holds('body', isJson, { expected: 'JSON', received: exchange.text, exchange })]
    },
  },
  {
    id: 'classic-webhook',
    title: ['Webhook 기본 호출', 'Basic webhook call'],
    run: async (ctx) => [hasStatus(await ctx.webhook(application(ctx, 9001, { email: 'basic_test@test.com' })), 200)],
  },
  {
    id: 'classic-api-key',
    title: ['API Key 검증 (잘못된 키 거부)', 'API key validation (wrong key refused)'],
    run: async (ctx) => [
      hasStatus(await ctx.webhook(application(ctx, 998, { email: 'test@test.com' }), { key: 'invalid_key' }), 401),
    ],
  },
  {
    id: 'classic-answer-format',
    title: ['응답 형식 검증', 'Answer format'],
    run: async (ctx) => answerOf(await ctx.webhook(application(ctx, 9002, { email: 'format_test@test.com' }))),
  },
  {
    id: 'classic-tenant-reuse',
    title: ['테넌트 재사용 (동일 이메일)', 'Tenant reuse (same e-mail)'],
    async run(ctx) {
      const email = 'reuse_sdk_test@test.com'
      const first = await ctx.webhook(application(ctx, 1001, { email }))
      const second = await ctx.webhook(application(ctx, 1002, { email, kind: 'service' }))
      const expected = memberAt(first.json, 'tenant_id')
      const received = memberAt(second.json, 'tenant_id')
      return [
        hasStatus(first, 200),
        hasStatus(second, 200),
        equals('tenant_id', { expected, received, exchange: second }),
      ]
    },
  },
])

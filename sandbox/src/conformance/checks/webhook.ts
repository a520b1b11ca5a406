import { WebhookAnswer } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'
import { flatApplication, nestedApplication } from '../webhook-payload.ts'
import { tenantOf } from './applied-tenant.ts'

function isAccepted(exchange: Exchange) {
  const status = memberAt(exchange.json, 'status')
  const success = memberAt(exchange.json, 'success')
  return [
    hasStatus(exchange, 200),
    holds('tenant_id', typeof tenantOf(exchange) === 'string', {
      expected: 'text',
      received: tenantOf(exchange),
      exchange,
    }),
    holds('status, success', status === 'approved' || status === 'processing' || success === true, {
      expected: 'approved, processing or success',
      received: { status, success },
      exchange,
    }),
  ]
}

/** Checks on the answer to an application. */
export const webhookChecks = defineArea('webhook', { rule: 'webhook', needs: ['webhook'] }, [
  {
    id: 'webhook-flat',
    title: ['평평한 형식의 신청을 받습니다', 'Takes an application in the flat shape'],
    run: async (ctx) => isAccepted(await ctx.webhook(flatApplication(ctx))),
  },
  {
    id: 'webhook-service',
    title: ['서비스 신청을 받습니다', 'Takes an application for a service'],
    run: async (ctx) => isAccepted(await ctx.webhook(flatApplication(ctx, { kind: 'service', endDate: '2030-12-31' }))),
  },
  {
    id: 'webhook-korean',
    title: [
      '한글 대학교의 테넌트 ID는 주소에 쓸 수 있습니다',
      'Gives a Korean university a tenant id without slashes or spaces',
    ],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx, { university: '한국 과학/기술 대학교' }))
      const received = tenantOf(exchange)
      const ok = typeof received === 'string' && /^[^\s/?#]+$/.test(received)
      return [hasStatus(exchange, 200), holds('tenant_id', ok, { expected: 'no slash, no space', received, exchange })]
    },
  },
  {
    id: 'webhook-nested',
    needs: ['nestedWebhook'],
    title: ['겹친 형식의 신청을 받습니다', 'Takes an application in the nested shape'],
    run: async (ctx) => isAccepted(await ctx.compat('applicationApproved', nestedApplication(ctx))),
  },
  {
    id: 'webhook-nested-on-auto-provision',
    level: 'SHOULD',
    title: ['auto-provision도 겹친 형식을 받습니다', 'Takes the nested shape at auto-provision as well'],
    run: async (ctx) => isAccepted(await ctx.webhook(nestedApplication(ctx))),
  },
  {
    id: 'webhook-flat-on-approved',
    level: 'SHOULD',
    needs: ['nestedWebhook'],
    title: ['application-approved도 평평한 형식을 받습니다', 'Takes the flat shape at application-approved as well'],
    run: async (ctx) => isAccepted(await ctx.compat('applicationApproved', flatApplication(ctx))),
  },
  {
    id: 'webhook-activation-body',
    level: 'SHOULD',
    title: ['auto-provision은 활성화 본문도 받습니다', 'Takes the body of an activation at auto-provision'],
    async run(ctx) {
      const body = ctx.activation(ctx.newTenantId())
      const exchange = await ctx.webhook(body)
      return [hasStatus(exchange, 200), hasMember(exchange, 'tenant_id', body.tenant_id)]
    },
  },
  {
    id: 'webhook-both-vocabularies',
    level: 'SHOULD',
    title: ['두 가지 용어로 모두 답합니다', 'Answers in the words of both shapes'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx))
      return [
        fits(exchange, WebhookAnswer),
        hasMember(exchange, 'success', true),
        hasMember(exchange, 'access_url', memberAt(exchange.json, 'tenant_url')),
      ]
    },
  },
  {
    id: 'webhook-unknown-event',
    level: 'SHOULD',
    title: ['모르는 이벤트는 200으로 무시합니다', 'Ignores an event of unknown type, with 200'],
    async run(ctx) {
      const type = `verify.${ctx.word()}`
      const exchange = await ctx.webhook({ type, timestamp: ctx.now().toISOString(), data: {} })
      return [hasStatus(exchange, 200), hasMember(exchange, 'status', 'ignored')]
    },
  },
  {
    id: 'webhook-tenant-visible',
    needs: ['standard'],
    title: ['만든 테넌트는 표준 API에서 활성 상태입니다', 'Makes a tenant that the Standard API shows as active'],
    async run(ctx) {
      const tenant_id = tenantOf(await ctx.webhook(flatApplication(ctx)))
      const exchange = await ctx.call('getTenantStatus', { tenant_id })
      return [hasStatus(exchange, 200), hasMember(exchange, 'status', 'active')]
    },
  },
  {
    id: 'webhook-no-password',
    title: ['답에 비밀번호가 없습니다', 'Answers without a password'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx))
      const ok = !/"[^"]*password[^"]*":\s*"/i.test(exchange.text)
      return [
        hasStatus(exchange, 200),
        holds('admin_credentials', ok, { expected: 'no password', received: 'a password', exchange }),
      ]
    },
  },
  refused(
    'webhook-missing-applicant',
    ['applicant가 없으면 422입니다', 'Is 422 without an applicant'],
    ({ applicant: _, ...rest }) => rest,
  ),
  refused('webhook-unknown-kind', ['모르는 종류는 422입니다', 'Is 422 for an unknown kind'], (payload) => ({
    ...payload,
    kind: 'gift',
  })),
  refused(
    'webhook-id-text',
    ['application_id가 글자이면 422입니다', 'Is 422 when application_id is a word'],
    (payload) => ({
      ...payload,
      application_id: 'first',
    }),
  ),
])

function refused(id: string, title: readonly [string, string], change: (payload: Members) => Members): CheckDraft {
  return {
    id,
    level: 'SHOULD',
    title,
    run: async (ctx) => isError(await ctx.webhook(change(flatApplication(ctx))), 422, 'INVALID_REQUEST'),
  }
}

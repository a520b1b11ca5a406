import { WebhookAnswer } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'
import { flatApplication, nestedApplication } from '../webhook-payload.ts'

const DAY_MS = 86_400_000

function tenantOf(exchange: Exchange): unknown {
  return memberAt(exchange.json, 'tenant_id')
}

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
      '한글 대학교의 테넌트 id는 주소에 쓸 수 있습니다',
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

async function twice(ctx: CheckContext, [first, second]: readonly [Members, Members]) {
  const one = await ctx.webhook(first)
  const exchange = await ctx.webhook(second)
  return { expected: tenantOf(one), exchange }
}

function shared({ expected, exchange }: { readonly expected: unknown; readonly exchange: Exchange }) {
  return [hasStatus(exchange, 200), equals('tenant_id', { expected, received: tenantOf(exchange), exchange })]
}

function apart({ expected, exchange }: { readonly expected: unknown; readonly exchange: Exchange }) {
  const received = tenantOf(exchange)
  const ok = typeof received === 'string' && received !== expected
  return [hasStatus(exchange, 200), holds('tenant_id', ok, { expected: `≠ ${String(expected)}`, received, exchange })]
}

/** Checks on who gets which tenant. */
export const reuseChecks = defineArea('webhook', { rule: 'reuse', needs: ['webhook'] }, [
  {
    id: 'webhook-reuse',
    title: ['같은 이메일은 같은 테넌트입니다', 'Gives the same e-mail the same tenant'],
    async run(ctx) {
      const email = ctx.newEmail()
      return shared(await twice(ctx, [flatApplication(ctx, { email }), flatApplication(ctx, { email })]))
    },
  },
  {
    id: 'webhook-redelivery',
    title: [
      '다시 보낸 같은 신청은 같은 테넌트입니다',
      'Gives the same application the same tenant when it comes again',
    ],
    async run(ctx) {
      const payload = flatApplication(ctx)
      return shared(await twice(ctx, [payload, payload]))
    },
  },
  {
    id: 'webhook-other-email',
    title: ['다른 이메일은 다른 테넌트입니다', 'Gives another e-mail another tenant'],
    run: async (ctx) => apart(await twice(ctx, [flatApplication(ctx), flatApplication(ctx)])),
  },
  {
    id: 'webhook-reuse-case',
    level: 'SHOULD',
    title: ['이메일의 대소문자는 상관없습니다', 'Does not mind the case of the e-mail'],
    async run(ctx) {
      const email = ctx.newEmail()
      return shared(
        await twice(ctx, [flatApplication(ctx, { email }), flatApplication(ctx, { email: email.toUpperCase() })]),
      )
    },
  },
  {
    id: 'webhook-no-email',
    level: 'SHOULD',
    title: ['이메일이 없는 신청자는 테넌트를 함께 쓰지 않습니다', 'Lets applicants without an e-mail share nothing'],
    run: async (ctx) =>
      apart(await twice(ctx, [flatApplication(ctx, { email: '' }), flatApplication(ctx, { email: '' })])),
  },
  {
    id: 'webhook-reuse-across-paths',
    level: 'SHOULD',
    needs: ['nestedWebhook'],
    title: ['두 경로의 같은 이메일은 같은 테넌트입니다', 'Gives one e-mail one tenant on both paths'],
    async run(ctx) {
      const email = ctx.newEmail()
      const expected = tenantOf(await ctx.webhook(flatApplication(ctx, { email })))
      return shared({ expected, exchange: await ctx.compat('applicationApproved', nestedApplication(ctx, { email })) })
    },
  },
])

function expiresNear(exchange: Exchange, expected: Date) {
  const received = memberAt(exchange.json, 'expires_at')
  const ok = typeof received === 'string' && Math.abs(Date.parse(received) - expected.getTime()) <= DAY_MS
  return [
    hasStatus(exchange, 200),
    holds('expires_at', ok, { expected: `${expected.toISOString()} ± 1 d`, received, exchange }),
  ]
}

function inDays(ctx: CheckContext, days: number): Date {
  return new Date(ctx.now().getTime() + days * DAY_MS)
}

/** Checks on how long tenants last. */
export const expiryChecks = defineArea('webhook', { rule: 'expiry', needs: ['webhook'] }, [
  {
    id: 'webhook-demo-expiry',
    title: ['데모는 30일 뒤에 끝납니다', 'Ends a demo after 30 days'],
    run: async (ctx) => expiresNear(await ctx.webhook(flatApplication(ctx)), inDays(ctx, 30)),
  },
  {
    id: 'webhook-demo-end-date',
    title: ['데모는 종료일을 따르지 않습니다', 'Ends a demo after 30 days whatever end date it names'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx, { endDate: '2035-06-30' }))
      return expiresNear(exchange, inDays(ctx, 30))
    },
  },
  {
    id: 'webhook-service-expiry',
    title: ['서비스는 종료일에 끝납니다', 'Ends a service on its end date'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx, { kind: 'service', endDate: '2030-12-31' }))
      const received = memberAt(exchange.json, 'expires_at')
      const ok = typeof received === 'string' && received.startsWith('2030-12-31')
      return [hasStatus(exchange, 200), holds('expires_at', ok, { expected: '2030-12-31', received, exchange })]
    },
  },
  {
    id: 'webhook-service-last-day',
    level: 'SHOULD',
    title: ['종료일 하루 전체를 쓸 수 있습니다 (UTC)', 'Includes the whole of the last day, in UTC'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx, { kind: 'service', endDate: '2030-12-31' }))
      return [hasMember(exchange, 'expires_at', '2030-12-31T23:59:59Z')]
    },
  },
  {
    id: 'webhook-service-open',
    level: 'SHOULD',
    title: ['종료일이 없는 서비스는 365일입니다', 'Ends a service without an end date after 365 days'],
    run: async (ctx) => expiresNear(await ctx.webhook(flatApplication(ctx, { kind: 'service' })), inDays(ctx, 365)),
  },
  {
    id: 'webhook-service-bad-date',
    level: 'SHOULD',
    title: ['읽을 수 없는 종료일은 365일입니다', 'Ends a service after 365 days when its end date is no date'],
    async run(ctx) {
      const exchange = await ctx.webhook(flatApplication(ctx, { kind: 'service', endDate: '2030-02-30' }))
      return expiresNear(exchange, inDays(ctx, 365))
    },
  },
  {
    id: 'webhook-upgrade',
    level: 'SHOULD',
    title: ['데모가 서비스가 되면 기한이 늘어납니다', 'Extends a demo that becomes a service'],
    async run(ctx) {
      const email = ctx.newEmail()
      const upgrade = flatApplication(ctx, { email, kind: 'service', endDate: '2030-12-31' })
      const { exchange } = await twice(ctx, [flatApplication(ctx, { email }), upgrade])
      const received = memberAt(exchange.json, 'expires_at')
      const ok = typeof received === 'string' && received.startsWith('2030-12-31')
      return [hasStatus(exchange, 200), holds('expires_at', ok, { expected: '2030-12-31', received, exchange })]
    },
  },
])

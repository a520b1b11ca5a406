import { defineArea } from '../check.ts'
import { equals, hasStatus, holds } from '../expect/expectation.ts'
import type { Exchange } from '../http/exchange.ts'
import { flatApplication, nestedApplication } from '../webhook-payload.ts'
import { applyTwice, tenantOf } from './applied-tenant.ts'

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
      return shared(await applyTwice(ctx, [flatApplication(ctx, { email }), flatApplication(ctx, { email })]))
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
      return shared(await applyTwice(ctx, [payload, payload]))
    },
  },
  {
    id: 'webhook-other-email',
    title: ['다른 이메일은 다른 테넌트입니다', 'Gives another e-mail another tenant'],
    run: async (ctx) => apart(await applyTwice(ctx, [flatApplication(ctx), flatApplication(ctx)])),
  },
  {
    id: 'webhook-reuse-case',
    level: 'SHOULD',
    title: ['이메일의 대소문자는 상관없습니다', 'Does not mind the case of the e-mail'],
    async run(ctx) {
      const email = ctx.newEmail()
      return shared(
        await applyTwice(ctx, [flatApplication(ctx, { email }), flatApplication(ctx, { email: email.toUpperCase() })]),
      )
    },
  },
  {
    id: 'webhook-no-email',
    level: 'SHOULD',
    title: ['이메일이 없는 신청자는 테넌트를 함께 쓰지 않습니다', 'Lets applicants without an e-mail share nothing'],
    run: async (ctx) =>
      apart(await applyTwice(ctx, [flatApplication(ctx, { email: '' }), flatApplication(ctx, { email: '' })])),
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

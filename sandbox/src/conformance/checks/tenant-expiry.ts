import { defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import { flatApplication } from '../webhook-payload.ts'
import { applyTwice } from './applied-tenant.ts'

const DAY_MS = 86_400_000

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
      const { exchange } = await applyTwice(ctx, [flatApplication(ctx, { email }), upgrade])
      const received = memberAt(exchange.json, 'expires_at')
      const ok = typeof received === 'string' && received.startsWith('2030-12-31')
      return [hasStatus(exchange, 200), holds('expires_at', ok, { expected: '2030-12-31', received, exchange })]
    },
  },
])

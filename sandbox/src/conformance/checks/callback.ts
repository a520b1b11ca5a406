import { verifyCallback } from '@mt-paas/client'
import { ProvisionCallback } from '@mt-paas/server/contract'
import type { Inbox, InboxAnswer } from '../callback-receiver.ts'
import { defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import { flatApplication } from '../webhook-payload.ts'

/** Sends an application whose outcome is reported to a new address, and waits for so many callbacks. */
async function reported(ctx: CheckContext, options: { readonly answer?: readonly InboxAnswer[]; count?: number } = {}) {
  const { receiver, missed } = ctx.callbacks()
  const inbox = receiver.inbox(ctx.word(), options.answer)
  const exchange = await ctx.webhook({ ...flatApplication(ctx), callback_url: inbox.url })
  const { count = 1 } = options
  if (exchange.status === 200) await arrival(ctx, inbox, count)
  const { arrived } = inbox
  if (arrived.length === 0) missed()
  const came = holds('callback', arrived.length >= count, {
    expected: `${count}`,
    received: `${arrived.length}`,
    exchange,
  })
  return { inbox, exchange, came, callback: arrived[0] }
}

/** Waits for callbacks that should come. */
async function arrival(ctx: CheckContext, inbox: Inbox, count: number): Promise<void> {
  const { settled, patience } = ctx.callbacks()
  await Promise.race([inbox.wait(count, patience), ...(settled ? [settled()] : [])])
}

/** Waits for a callback that should not come, at most `ms`. */
async function silence(
  ctx: CheckContext,
  inbox: Inbox,
  { count, ms }: { readonly count: number; readonly ms: number },
) {
  const { settled, quiet } = ctx.callbacks()
  await (settled?.() ?? inbox.wait(count, Math.min(quiet, ms)))
}

/** Checks on what a service reports. */
export const callbackChecks = defineArea('callback', { rule: 'callback', needs: ['webhook', 'callback'] }, [
  {
    id: 'callback-body',
    title: ['결과를 POST로 알립니다', 'Reports the outcome with a POST'],
    hint: [
      '서비스가 --callback-port의 주소를 마켓의 주소로 알아야 합니다 (MT_CALLBACK_ORIGINS).',
      "The service has to know the address of --callback-port as the market's (MT_CALLBACK_ORIGINS).",
    ],
    async run(ctx) {
      const { came, callback, exchange } = await reported(ctx)
      const parsed = ProvisionCallback.safeParse(jsonOf(callback?.body))
      const outcome = parsed.success ? parsed.data : undefined
      return [
        came,
        equals('callback method', { expected: 'POST', received: callback?.method, exchange }),
        holds('callback body', parsed.success, { expected: 'ProvisionCallback', received: callback?.body, exchange }),
        equals('callback success', { expected: true, received: outcome?.success, exchange }),
        equals('callback tenant_id', {
          expected: memberAt(exchange.json, 'tenant_id'),
          received: outcome?.tenant_id,
          exchange,
        }),
      ]
    },
  },
  {
    id: 'callback-key',
    needs: ['serviceKey'],
    title: ['콜백에 서비스의 키가 있습니다', "Sends the service's key with a callback"],
    async run(ctx) {
      const { came, callback, exchange } = await reported(ctx)
      const key = callback?.headers['x-service-api-key']
      const right = key !== undefined && key === ctx.callbacks().serviceKey
      const received = right ? '***' : key === undefined ? 'no key' : 'another key'
      return [came, holds('header x-service-api-key', right, { expected: '***', received, exchange })]
    },
  },
  {
    id: 'callback-signature',
    needs: ['callbackSecret'],
    title: ['콜백에 올바른 서명이 있습니다', 'Signs a callback'],
    async run(ctx) {
      const { came, callback, exchange } = await reported(ctx)
      if (!callback) return [came]
      const secrets = [ctx.callbacks().secret ?? '']
      const verdict = verifyCallback(callback, { secrets, now: ctx.now() })
      const received = verdict.valid ? 'good' : verdict.reason
      return [came, holds('header webhook-signature', verdict.valid, { expected: 'good', received, exchange })]
    },
  },
  {
    id: 'callback-foreign',
    title: [
      '등록되지 않은 주소로의 콜백은 422이고 아무것도 보내지 않습니다',
      'Is 422 for a callback to an origin that is not registered, and sends nothing there',
    ],
    async run(ctx) {
      const { receiver } = ctx.callbacks()
      const inbox = receiver.foreign(ctx.word())
      const exchange = await ctx.webhook({ ...flatApplication(ctx), callback_url: inbox.url })
      return [hasStatus(exchange, 422), equals('callbacks', { expected: 0, received: inbox.arrived.length, exchange })]
    },
  },
  {
    id: 'callback-foreign-error',
    level: 'SHOULD',
    title: ['거절할 때 callback_url을 가리킵니다', 'Names callback_url when it refuses'],
    async run(ctx) {
      const callback_url = ctx.callbacks().receiver.foreign(ctx.word()).url
      return isError(await ctx.webhook({ ...flatApplication(ctx), callback_url }), 422, 'INVALID_REQUEST')
    },
  },
  {
    id: 'callback-redirect',
    title: ['리디렉션을 따라가지 않습니다', 'Follows no redirect'],
    async run(ctx) {
      const { receiver } = ctx.callbacks()
      const name = ctx.word()
      const elsewhere = receiver.foreign(name)
      const { came, exchange } = await reported(ctx, { answer: [{ status: 307, location: elsewhere.url }] })
      await silence(ctx, elsewhere, { count: 1, ms: 1_000 })
      return [came, equals('callbacks elsewhere', { expected: 0, received: elsewhere.arrived.length, exchange })]
    },
  },
  {
    id: 'callback-retry',
    title: ['도착하지 않은 콜백은 같은 ID로 다시 보냅니다', 'Sends a callback that failed again, with the same id'],
    async run(ctx) {
      const { came, inbox, exchange } = await reported(ctx, { answer: [{ status: 500 }, { status: 200 }], count: 2 })
      const [first, second] = inbox.arrived.map(({ headers }) => headers['webhook-id'] ?? null)
      return [came, equals('header webhook-id', { expected: first ?? null, received: second ?? null, exchange })]
    },
  },
  {
    id: 'callback-gone',
    title: ['410이면 더 보내지 않습니다', 'Sends no more after a 410'],
    async run(ctx) {
      const { came, inbox, exchange } = await reported(ctx, { answer: [{ status: 410 }] })
      await silence(ctx, inbox, { count: 2, ms: 10_000 })
      return [came, equals('callbacks', { expected: 1, received: inbox.arrived.length, exchange })]
    },
  },
  {
    id: 'callback-replay',
    needs: ['webhookSecret'],
    title: ['다시 온 웹훅은 콜백을 다시 만들지 않습니다', 'Sends no second callback for a webhook that comes again'],
    async run(ctx) {
      const { receiver } = ctx.callbacks()
      const inbox = receiver.inbox(ctx.word())
      const payload = { ...flatApplication(ctx), callback_url: inbox.url }
      const signed = { id: `msg_${ctx.word()}` }
      await ctx.webhook(payload, { signed })
      await arrival(ctx, inbox, 1)
      const exchange = await ctx.webhook(payload, { signed })
      await silence(ctx, inbox, { count: 2, ms: 2_000 })
      const ids = new Set(inbox.arrived.map(({ headers }, index) => headers['webhook-id'] ?? index))
      return [equals('callbacks', { expected: 1, received: ids.size, exchange })]
    },
  },
])

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

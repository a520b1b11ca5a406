import { type CheckDraft, defineArea } from '../check.ts'
import type { CallOptions, CheckContext, SignedAs } from '../check-context.ts'
import { equals, hasStatus, holds } from '../expect/expectation.ts'
import { listAt, memberAt } from '../http/exchange.ts'
import { flatApplication } from '../webhook-payload.ts'

/** Beyond what any clock may be wrong by, s. */
const TOO_FAR = 600
/** Well within the tolerance of 300 s. */
export const NEAR = 240

/** A secret that nobody shares with the service. */
export const FOREIGN_SECRET = 'a secret that the service does not know'

const defaults = { rule: 'signature', needs: ['webhook', 'webhookSecret'] } as const

/** Whether an applicant's e-mail is among the tenants that the service lists. */
async function isListed(ctx: CheckContext, email: string): Promise<boolean> {
  const { json } = await ctx.compat('listTenants')
  return listAt(json, 'tenants').some((tenant) => memberAt(tenant, 'email') === email)
}

function accepted(id: string, title: readonly [string, string], signed: (ctx: CheckContext) => SignedAs): CheckDraft {
  return {
    id,
    title,
    run: async (ctx) => [hasStatus(await ctx.webhook(flatApplication(ctx), { signed: signed(ctx) }), 200)],
  }
}

/** Checks on webhooks with a good signature. */
export const signatureChecks = defineArea('signature', defaults, [
  accepted('signature-good', ['올바른 서명의 웹훅을 받습니다', 'Takes a webhook with a good signature'], () => ({})),
  accepted(
    'signature-clock',
    ['4분 늦거나 빠른 시계의 서명을 받습니다', 'Takes a signature of a clock that is four minutes late'],
    () => ({ age: NEAR }),
  ),
  accepted(
    'signature-rotation',
    ['교체 중에는 두 서명 중 하나만 맞으면 됩니다', 'Takes two signatures of which one is good, as in a rotation'],
    ({ target }) => ({ secrets: [FOREIGN_SECRET, target.webhookSecret ?? ''] }),
  ),
  {
    id: 'signature-replay-answer',
    title: ['같은 ID는 저장된 답을 그대로 받습니다', 'Gives an id that comes again the stored answer'],
    async run(ctx) {
      const payload = flatApplication(ctx)
      const signed = { id: `msg_${ctx.word()}` }
      const first = await ctx.webhook(payload, { signed })
      const again = await ctx.webhook(payload, { signed })
      return [hasStatus(again, 200), equals('body', { expected: first.text, received: again.text, exchange: again })]
    },
  },
  {
    id: 'signature-replay-effect',
    needs: ['simulatorReads'],
    title: ['같은 ID는 두 번째 효과가 없습니다', 'Gives an id that comes again no second effect'],
    async run(ctx) {
      const signed = { id: `msg_${ctx.word()}` }
      const email = ctx.newEmail()
      await ctx.webhook(flatApplication(ctx), { signed })
      const exchange = await ctx.webhook(flatApplication(ctx, { email }), { signed })
      const made = await isListed(ctx, email)
      return [holds('tenants', !made, { expected: 'no new tenant', received: made ? 'a new tenant' : '-', exchange })]
    },
  },
])

function refused(
  id: string,
  title: readonly [string, string],
  options: (ctx: CheckContext) => Promise<CallOptions> | CallOptions,
): CheckDraft {
  return {
    id,
    title,
    run: async (ctx) => [hasStatus(await ctx.webhook(flatApplication(ctx), await options(ctx)), 401)],
  }
}

const foreign: CallOptions = { signed: { secrets: [FOREIGN_SECRET] } }

/** Checks on webhooks whose signature is not good. */
export const refusedSignatureChecks = defineArea('signature', defaults, [
  refused(
    'signature-secret',
    ['다른 비밀 키로 만든 서명은 401입니다', 'Is 401 for a signature made with another secret'],
    () => foreign,
  ),
  refused(
    'signature-body',
    ['서명한 것과 다른 본문은 401입니다', 'Is 401 for another body than the signed one'],
    (ctx) => ({ signed: { body: JSON.stringify(flatApplication(ctx)) } }),
  ),
  refused('signature-id', ['서명한 것과 다른 ID는 401입니다', 'Is 401 for another id than the signed one'], (ctx) => ({
    signed: {},
    headers: { 'webhook-id': `msg_${ctx.word()}` },
  })),
  refused(
    'signature-timestamp',
    ['서명한 것과 다른 시각은 401입니다', 'Is 401 for another time than the signed one'],
    (ctx) => ({
      signed: { age: NEAR },
      headers: { 'webhook-timestamp': String(Math.floor(ctx.now().getTime() / 1_000)) },
    }),
  ),
  refused('signature-stale', ['오래된 서명은 401입니다', 'Is 401 for a signature that is too old'], () => ({
    signed: { age: TOO_FAR },
  })),
  refused('signature-future', ['미래의 서명은 401입니다', 'Is 401 for a signature from the future'], () => ({
    signed: { age: -TOO_FAR },
  })),
  refused(
    'signature-incomplete',
    ['서명 헤더의 일부만 있으면 401입니다', 'Is 401 for an id and a time without a signature'],
    (ctx) => ({
      signed: null,
      headers: {
        'webhook-id': `msg_${ctx.word()}`,
        'webhook-timestamp': String(Math.floor(ctx.now().getTime() / 1_000)),
      },
    }),
  ),
  refused(
    'signature-and-key',
    ['서명이 맞아도 키가 틀리면 401입니다', 'Is 401 for a good signature with a wrong key'],
    () => ({ signed: {}, key: 'invalid_key' }),
  ),
  {
    id: 'signature-approved',
    needs: ['nestedWebhook'],
    title: ['application-approved도 서명을 확인합니다', 'Verifies signatures at application-approved as well'],
    run: async (ctx) => [hasStatus(await ctx.compat('applicationApproved', flatApplication(ctx), foreign), 401)],
  },
  {
    id: 'signature-no-effect',
    needs: ['simulatorReads'],
    title: ['서명이 틀린 웹훅은 아무것도 만들지 않습니다', 'Makes nothing for a webhook with a bad signature'],
    async run(ctx) {
      const email = ctx.newEmail()
      const exchange = await ctx.webhook(flatApplication(ctx, { email }), foreign)
      const made = await isListed(ctx, email)
      return [holds('tenants', !made, { expected: 'no new tenant', received: made ? 'a new tenant' : '-', exchange })]
    },
  },
  {
    id: 'signature-silent',
    level: 'SHOULD',
    title: ['무엇이 틀렸는지 알려 주지 않습니다', 'Does not say what was wrong with a signature'],
    async run(ctx) {
      const stale = await ctx.webhook(flatApplication(ctx), { signed: { age: TOO_FAR } })
      const exchange = await ctx.webhook(flatApplication(ctx), foreign)
      const [expected, received] = [stale, exchange].map(
        ({ json }) => memberAt(json, 'message') ?? memberAt(json, 'detail'),
      )
      return [hasStatus(exchange, 401), equals('message', { expected, received, exchange })]
    },
  },
])

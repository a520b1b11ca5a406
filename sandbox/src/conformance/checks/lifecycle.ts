import { ActivateResponse, StatusResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'

function activation(ctx: CheckContext, changed: Members = {}): Members & { readonly tenant_id: string } {
  return { ...ctx.activation(ctx.newTenantId()), ...changed }
}

/** An activation that may be refused only because of `changed`. */
function refusedActivation(id: string, title: readonly [string, string], changed: Members): CheckDraft {
  return {
    id,
    rule: 'activateBody',
    title,
    run: async (ctx) => isError(await ctx.call('activateTenant', activation(ctx, changed)), 422, 'INVALID_REQUEST'),
  }
}

function acceptedActivation(id: string, title: readonly [string, string], changed: Members): CheckDraft {
  return {
    id,
    rule: 'activateBody',
    title,
    run: async (ctx) => [hasStatus(await ctx.call('activateTenant', activation(ctx, changed)), 200)],
  }
}

const required = ['tenant_id', 'tenant_name', 'plan', 'features', 'contact'] as const

const missingMembers = required.map(
  (name): CheckDraft => ({
    id: `activate-missing-${name.replace('_', '-')}`,
    rule: 'activateBody',
    title: [`${name} 없이는 422입니다`, `Is 422 without ${name}`],
    async run(ctx) {
      const whole = activation(ctx)
      const body = Object.fromEntries(Object.entries(whole).filter(([member]) => member !== name))
      return isError(await ctx.call('activateTenant', whole, { body }), 422, 'INVALID_REQUEST')
    },
  }),
)

/** Checks on making tenants. */
export const activateChecks = defineArea('activate', { rule: 'activate', needs: ['standard'] }, [
  {
    id: 'activate-answer',
    title: ['200과 테넌트 ID, 접속 주소, 메시지를 답합니다', 'Answers 200 with id, access URL and message'],
    async run(ctx) {
      const body = activation(ctx)
      const exchange = await ctx.call('activateTenant', body)
      return [
        hasStatus(exchange, 200),
        fits(exchange, ActivateResponse),
        hasMember(exchange, 'success', true),
        hasMember(exchange, 'tenant_id', body.tenant_id),
      ]
    },
  },
  {
    id: 'activate-access-url',
    level: 'SHOULD',
    title: ['접속 주소는 http(s) 주소입니다', 'Gives an http(s) access URL'],
    async run(ctx) {
      const exchange = await ctx.call('activateTenant', activation(ctx))
      const received = memberAt(exchange.json, 'access_url')
      const ok = typeof received === 'string' && URL.canParse(received) && /^https?:/.test(received)
      return [holds('access_url', ok, { expected: 'http:// or https://', received, exchange })]
    },
  },
  {
    id: 'activate-visible',
    rule: 'status',
    title: ['활성화한 요금제와 기능이 상태에 보입니다', 'Shows plan and features in the status'],
    async run(ctx) {
      const { tenant_id, plan, features } = activation(ctx)
      await ctx.call('activateTenant', { ...activation(ctx), tenant_id, plan, features })
      const exchange = await ctx.call('getTenantStatus', { tenant_id })
      return [
        hasMember(exchange, 'status', 'active'),
        hasMember(exchange, 'plan', plan),
        hasMember(exchange, 'features', features),
      ]
    },
  },
  {
    id: 'activate-twice',
    title: ['활성화된 테넌트를 다시 활성화하면 409입니다', 'Is 409 for an active tenant'],
    async run(ctx) {
      const body = activation(ctx)
      const first = await ctx.call('activateTenant', body)
      return [hasStatus(first, 200), ...isError(await ctx.call('activateTenant', body), 409, 'TENANT_EXISTS')]
    },
  },
  {
    id: 'activate-mismatch',
    rule: 'activateBody',
    title: ['경로와 본문의 ID가 다르면 400입니다', 'Is 400 when path and body name different tenants'],
    async run(ctx) {
      const inPath = ctx.newTenantId()
      const body = activation(ctx)
      return isError(await ctx.call('activateTenant', { tenant_id: inPath }, { body }), 400, 'INVALID_REQUEST')
    },
  },
  ...missingMembers,
  refusedActivation('activate-missing-email', ['contact.email 없이는 422입니다', 'Is 422 without contact.email'], {
    contact: { name: '담당자' },
  }),
  refusedActivation('activate-contact-text', ['contact가 글자이면 422입니다', 'Is 422 when contact is text'], {
    contact: 'a@example.com',
  }),
  refusedActivation(
    'activate-name-number',
    ['tenant_name이 숫자이면 422입니다', 'Is 422 when tenant_name is a number'],
    {
      tenant_name: 1.5,
    },
  ),
  refusedActivation('activate-plan-null', ['plan이 null이면 422입니다', 'Is 422 when plan is null'], { plan: null }),
  refusedActivation('activate-features-text', ['features가 글자이면 422입니다', 'Is 422 when features is text'], {
    features: 'rag',
  }),
  refusedActivation('activate-feature-number', ['features 안의 숫자는 422입니다', 'Is 422 for a number in features'], {
    features: ['rag', 5],
  }),
  {
    id: 'activate-refused',
    rule: 'activateBody',
    title: ['거절한 활성화는 아무것도 만들지 않습니다', 'Makes nothing when it refuses'],
    async run(ctx) {
      const body = activation(ctx, { plan: 5 })
      const refused = await ctx.call('activateTenant', body)
      const status = await ctx.call('getTenantStatus', { tenant_id: body.tenant_id })
      return [
        holds('status', refused.status !== 200, { expected: '≠ 200', received: refused.status }),
        hasStatus(status, 404),
      ]
    },
  },
  acceptedActivation('activate-unknown-members', ['모르는 항목은 무시합니다', 'Ignores members it does not know'], {
    colour: 'blue',
    nested: { deep: [1, 2, 3] },
  }),
  acceptedActivation('activate-config-null', ['config는 null이어도 됩니다', 'Takes a config of null'], {
    config: null,
  }),
  acceptedActivation('activate-no-features', ['features는 비어 있어도 됩니다', 'Takes an empty list of features'], {
    features: [],
  }),
  acceptedActivation('activate-any-plan', ['plan은 마켓이 정한 아무 이름이나 됩니다', 'Takes any word as plan'], {
    plan: 'galactic_2030',
  }),
  {
    id: 'activate-config-left-out',
    rule: 'activateBody',
    title: ['config는 없어도 됩니다', 'Takes a body without config'],
    async run(ctx) {
      const { config, ...body } = activation(ctx)
      const exchange = await ctx.call('activateTenant', body)
      return [
        holds('config', config !== undefined, { expected: 'left out', received: config }),
        hasStatus(exchange, 200),
      ]
    },
  },
])

/** Checks on how a tenant stands. */
export const statusChecks = defineArea('status', { rule: 'status', needs: ['standard'] }, [
  {
    id: 'status-answer',
    title: ['200과 상태를 답합니다', 'Answers 200 and how the tenant stands'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.call('getTenantStatus', { tenant_id })
      return [hasStatus(exchange, 200), fits(exchange, StatusResponse), hasMember(exchange, 'tenant_id', tenant_id)]
    },
  },
  {
    id: 'status-times',
    level: 'SHOULD',
    title: ['만든 시각과 바뀐 시각은 UTC입니다', 'Gives the times of creation and change in UTC'],
    async run(ctx) {
      const exchange = await ctx.call('getTenantStatus', { tenant_id: await ctx.sharedTenant() })
      const [created, updated] = ['created_at', 'updated_at'].map((name) => String(memberAt(exchange.json, name)))
      const inUtc = [created, updated].every((time) => /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|\+00:00)$/.test(time ?? ''))
      const inOrder = Date.parse(created ?? '') <= Date.parse(updated ?? '')
      return [
        holds('created_at, updated_at', inUtc && inOrder, {
          expected: 'created_at ≤ updated_at, UTC',
          received: [created, updated],
          exchange,
        }),
      ]
    },
  },
])

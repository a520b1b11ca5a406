import { DeactivateResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'

const ended = { reason: 'admin_request' }

function refusedDeactivation(id: string, title: readonly [string, string], body: Members): CheckDraft {
  return {
    id,
    title,
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      return isError(await ctx.call('deactivateTenant', { tenant_id, ...body }), 422, 'INVALID_REQUEST')
    },
  }
}

function leniency(id: string, title: readonly [string, string], given: unknown): CheckDraft {
  return {
    id,
    level: 'SHOULD',
    title,
    async run(ctx) {
      const exchange = await ctx.call('deactivateTenant', {
        tenant_id: await ctx.tenant(),
        ...ended,
        preserve_data: given,
      })
      return [hasStatus(exchange, 200), hasMember(exchange, 'data_preserved', false)]
    },
  }
}

/** Checks on ending tenants and on their coming back. */
export const deactivateChecks = defineArea('deactivate', { rule: 'deactivate', needs: ['standard'] }, [
  {
    id: 'deactivate-answer',
    title: ['200과 데이터 보존 여부를 답합니다', 'Answers 200 and whether data is kept'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const exchange = await ctx.call('deactivateTenant', { tenant_id, ...ended, preserve_data: true })
      return [
        hasStatus(exchange, 200),
        fits(exchange, DeactivateResponse),
        hasMember(exchange, 'success', true),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'status', 'deactivated'),
      ]
    },
  },
  {
    id: 'deactivate-visible',
    title: ['비활성화가 상태에 보입니다', 'Shows in the status'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.call('deactivateTenant', { tenant_id, ...ended })
      return [hasMember(await ctx.call('getTenantStatus', { tenant_id }), 'status', 'deactivated')]
    },
  },
  {
    id: 'deactivate-erases',
    title: ['preserve_data: false이면 보존 기한이 없습니다', 'Keeps nothing when preserve_data is false'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const exchange = await ctx.call('deactivateTenant', { tenant_id, ...ended, preserve_data: false })
      return [hasMember(exchange, 'data_preserved', false), hasMember(exchange, 'data_retention_until', null)]
    },
  },
  {
    id: 'deactivate-keeps',
    level: 'SHOULD',
    needs: ['retention'],
    title: ['데이터를 보존하면 그 기한을 알려 줍니다', 'Says until when data is kept'],
    async run(ctx) {
      const exchange = await ctx.call('deactivateTenant', { tenant_id: await ctx.tenant(), ...ended })
      const received = memberAt(exchange.json, 'data_retention_until')
      const inFuture = typeof received === 'string' && Date.parse(received) > ctx.now().getTime()
      return [holds('data_retention_until', inFuture, { expected: 'a time to come', received, exchange })]
    },
  },
  {
    id: 'deactivate-twice',
    level: 'SHOULD',
    title: ['두 번 비활성화해도 같은 답입니다', 'Answers the same a second time'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const first = await ctx.call('deactivateTenant', { tenant_id, ...ended })
      const second = await ctx.call('deactivateTenant', { tenant_id, ...ended })
      return [hasStatus(second, 200), hasMember(second, 'status', memberAt(first.json, 'status'))]
    },
  },
  refusedDeactivation('deactivate-missing-reason', ['reason 없이는 422입니다', 'Is 422 without a reason'], {
    preserve_data: true,
  }),
  refusedDeactivation(
    'deactivate-preserve-null',
    ['preserve_data가 null이면 422입니다', 'Is 422 when preserve_data is null'],
    {
      ...ended,
      preserve_data: null,
    },
  ),
  refusedDeactivation(
    'deactivate-preserve-word',
    ['preserve_data가 다른 말이면 422입니다', 'Is 422 when preserve_data is another word'],
    {
      ...ended,
      preserve_data: 'perhaps',
    },
  ),
  leniency('deactivate-preserve-no', ['preserve_data는 "no"도 됩니다', 'Takes "no" as preserve_data'], 'no'),
  leniency('deactivate-preserve-zero', ['preserve_data는 0도 됩니다', 'Takes 0 as preserve_data'], 0),
  {
    id: 'deactivate-resumes',
    level: 'SHOULD',
    rule: 'resume',
    needs: ['retention', 'v2'],
    title: ['보존된 테넌트는 데이터와 함께 다시 시작됩니다', 'Resumes with its data while that is kept'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const { user_id } = await ctx.user(tenant_id)
      await ctx.call('deactivateTenant', { tenant_id, ...ended, preserve_data: true })
      const again = await ctx.call('activateTenant', ctx.activation(tenant_id))
      return [hasStatus(again, 200), hasStatus(await ctx.call('getUser', { tenant_id, user_id }), 200)]
    },
  },
  {
    id: 'deactivate-begins-anew',
    level: 'SHOULD',
    rule: 'resume',
    needs: ['v2'],
    title: ['데이터를 지운 테넌트는 빈 상태로 다시 시작됩니다', 'Begins anew when its data was removed'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const { email } = await ctx.user(tenant_id)
      await ctx.call('deactivateTenant', { tenant_id, ...ended, preserve_data: false })
      const again = await ctx.call('activateTenant', ctx.activation(tenant_id))
      const found = await ctx.call('listUsers', { tenant_id, search: email })
      return [hasStatus(again, 200), hasMember(found, 'total', 0)]
    },
  },
])

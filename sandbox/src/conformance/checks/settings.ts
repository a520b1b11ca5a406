import { SettingsResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'

async function configOf(ctx: CheckContext, tenant_id: string): Promise<unknown> {
  return memberAt((await ctx.call('getSettings', { tenant_id })).json, 'config')
}

function refused(id: string, title: readonly [string, string], body: unknown): CheckDraft {
  return {
    id,
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const sent = body === undefined ? { rawBody: null } : { body }
      return isError(await ctx.call('updateSettings', { tenant_id }, sent), 422, 'INVALID_REQUEST')
    },
  }
}

function unchangedBy(id: string, title: readonly [string, string], body: Members): CheckDraft {
  return {
    id,
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const expected = await configOf(ctx, tenant_id)
      const exchange = await ctx.call('updateSettings', { tenant_id, ...body })
      return [
        hasStatus(exchange, 200),
        equals('config', { expected, received: await configOf(ctx, tenant_id), exchange }),
      ]
    },
  }
}

/** Changes one part of the configuration and expects the rest as it was. */
function changesOnly(id: string, title: readonly [string, string], patch: Members): CheckDraft {
  return {
    id,
    title,
    needs: ['settingsWrite'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const first = {
        features: { rag: false, quiz: true },
        limits: { max_users: 77, daily_tokens: 5_000 },
        branding: { primary_color: '#123456' },
      }
      await ctx.call('updateSettings', { tenant_id, ...first })
      const before = Object(await configOf(ctx, tenant_id))
      const exchange = await ctx.call('updateSettings', { tenant_id, ...patch })
      const merged = Object.entries(patch).map(([part, changed]) => [part, { ...before[part], ...Object(changed) }])
      const expected = { ...before, ...Object.fromEntries(merged) }
      return [
        hasStatus(exchange, 200),
        hasMember(exchange, 'config', expected),
        equals('config', { expected, received: await configOf(ctx, tenant_id), exchange }),
      ]
    },
  }
}

/** Checks on settings. */
export const settingsChecks = defineArea('settings', { rule: 'settings', needs: ['standard', 'v2'] }, [
  {
    id: 'settings-answer',
    title: ['200과 설정을 답합니다', 'Answers 200 and the settings'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.call('getSettings', { tenant_id })
      return [hasStatus(exchange, 200), fits(exchange, SettingsResponse), hasMember(exchange, 'tenant_id', tenant_id)]
    },
  },
  {
    id: 'settings-update-answer',
    title: ['변경하면 200과 새 설정을 답합니다', 'Answers a change with 200 and the new settings'],
    needs: ['settingsWrite'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const exchange = await ctx.call('updateSettings', { tenant_id, limits: { max_users: 321 } })
      return [
        hasStatus(exchange, 200),
        fits(exchange, SettingsResponse),
        hasMember(exchange, 'config.limits.max_users', 321),
        hasMember(await ctx.call('getSettings', { tenant_id }), 'config.limits.max_users', 321),
      ]
    },
  },
  changesOnly(
    'settings-partial-features',
    ['기능 하나를 바꾸면 나머지는 그대로입니다', 'Leaves the other features alone'],
    {
      features: { chat: false },
    },
  ),
  changesOnly(
    'settings-partial-limits',
    ['한도 하나를 바꾸면 나머지는 그대로입니다', 'Leaves the other limits alone'],
    {
      limits: { max_storage_mb: 99 },
    },
  ),
  changesOnly(
    'settings-partial-branding',
    ['브랜딩 하나를 바꾸면 나머지는 그대로입니다', 'Leaves the rest of the branding alone'],
    {
      branding: { logo_url: 'https://example.com/logo.svg' },
    },
  ),
  {
    id: 'settings-branding-null',
    level: 'SHOULD',
    title: ['브랜딩의 null은 값을 지웁니다', 'Takes a value of the branding away for null'],
    needs: ['settingsWrite'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.call('updateSettings', { tenant_id, branding: { primary_color: '#123456' } })
      const exchange = await ctx.call('updateSettings', { tenant_id, branding: { primary_color: null } })
      return [hasMember(exchange, 'config.branding.primary_color', null)]
    },
  },
  {
    id: 'settings-own-feature',
    level: 'SHOULD',
    title: ['서비스만의 기능 스위치도 보관합니다', "Keeps feature switches of the service's own"],
    needs: ['settingsWrite'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.call('updateSettings', { tenant_id, features: { voice_chat: true } })
      return [hasMember(await ctx.call('getSettings', { tenant_id }), 'config.features.voice_chat', true)]
    },
  },
  unchangedBy(
    'settings-empty-object',
    ['빈 객체는 아무것도 바꾸지 않습니다', 'Changes nothing for an empty object'],
    {},
  ),
  unchangedBy('settings-null-parts', ['null인 부분은 그대로 둡니다', 'Leaves parts that are null'], {
    features: null,
    limits: null,
    branding: null,
  }),
  unchangedBy('settings-unknown-limit', ['모르는 한도는 버립니다', 'Drops limits it does not know'], {
    limits: { max_unicorns: 3 },
  }),
  refused('settings-no-body', ['본문이 없으면 422입니다', 'Is 422 without a body'], undefined),
  refused('settings-features-list', ['features가 목록이면 422입니다', 'Is 422 when features is a list'], {
    features: ['rag'],
  }),
  refused('settings-limit-fraction', ['한도가 소수이면 422입니다', 'Is 422 for a limit with a fraction'], {
    limits: { max_users: 1.5 },
  }),
  refused('settings-limit-null', ['한도가 null이면 422입니다', 'Is 422 for a limit of null'], {
    limits: { max_users: null },
  }),
  refused('settings-feature-word', ['기능의 값이 다른 말이면 422입니다', 'Is 422 for a feature that is another word'], {
    features: { rag: 'perhaps' },
  }),
])

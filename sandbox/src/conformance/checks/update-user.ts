import { UserInfo } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus } from '../expect/expectation.ts'
import type { Members } from '../http/operation-request.ts'
import { UNKNOWN_USER } from './operation-samples.ts'

function unchangedBy(
  id: string,
  title: readonly [string, string],
  options: Pick<CheckDraft, 'level'> & { body: unknown },
): CheckDraft {
  const { level = 'MUST', body } = options
  return {
    id,
    level,
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id, name } = await ctx.user(tenant_id)
      const sent = body === undefined ? { rawBody: null } : { body }
      const exchange = await ctx.call('updateUser', { tenant_id, user_id }, sent)
      return [hasStatus(exchange, 200), hasMember(exchange, 'name', name), hasMember(exchange, 'role', 'user')]
    },
  }
}

function refusedUpdate(id: string, title: readonly [string, string], body: Members): CheckDraft {
  return {
    id,
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id } = await ctx.user(tenant_id)
      return isError(await ctx.call('updateUser', { tenant_id, user_id, ...body }), 422, 'INVALID_REQUEST')
    },
  }
}

/** Checks on changing users. */
export const updateUserChecks = defineArea('users', { rule: 'updateUser', needs: ['standard', 'v2'] }, [
  {
    id: 'users-update-answer',
    title: ['200과 바뀐 사용자를 답하고, 다시 조회해도 같습니다', 'Answers 200 and the changed user, and keeps it'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id } = await ctx.user(tenant_id)
      const changed = { name: '바뀐 이름', role: 'moderator', status: 'inactive' }
      const exchange = await ctx.call('updateUser', { tenant_id, user_id, ...changed })
      const again = await ctx.call('getUser', { tenant_id, user_id })
      return [
        hasStatus(exchange, 200),
        fits(exchange, UserInfo),
        ...Object.entries(changed).flatMap(([member, value]) => [
          hasMember(exchange, member, value),
          hasMember(again, member, value),
        ]),
      ]
    },
  },
  {
    id: 'users-update-partial',
    title: ['적힌 항목만 바꿉니다', 'Changes only what is named'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id, name } = await ctx.user(tenant_id, { role: 'moderator' })
      const exchange = await ctx.call('updateUser', { tenant_id, user_id, status: 'inactive' })
      return [hasMember(exchange, 'name', name), hasMember(exchange, 'role', 'moderator')]
    },
  },
  unchangedBy('users-update-empty', ['빈 객체는 아무것도 바꾸지 않습니다', 'Changes nothing for an empty object'], {
    body: {},
  }),
  unchangedBy('users-update-nulls', ['null은 그대로 둡니다', 'Leaves what is null'], {
    body: { name: null, role: null, status: null },
  }),
  unchangedBy('users-update-null-body', ['본문 null도 됩니다', 'Takes a body of null'], {
    level: 'SHOULD',
    body: null,
  }),
  unchangedBy('users-update-no-body', ['본문이 없어도 됩니다', 'Takes no body at all'], {
    level: 'SHOULD',
    body: undefined,
  }),
  {
    id: 'users-update-email',
    title: ['이메일은 바뀌지 않습니다', 'Never changes the e-mail'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id, email } = await ctx.user(tenant_id)
      const exchange = await ctx.call('updateUser', { tenant_id, user_id, email: ctx.newEmail() })
      return [hasStatus(exchange, 200), hasMember(exchange, 'email', email)]
    },
  },
  refusedUpdate('users-update-role-unknown', ['모르는 역할은 422입니다', 'Is 422 for an unknown role'], {
    role: 'owner',
  }),
  refusedUpdate('users-update-status-unknown', ['모르는 상태는 422입니다', 'Is 422 for an unknown status'], {
    status: 'gone',
  }),
  refusedUpdate('users-update-name-number', ['name이 숫자이면 422입니다', 'Is 422 when name is a number'], { name: 5 }),
  {
    id: 'users-update-unknown',
    title: ['모르는 사용자의 수정은 404입니다', 'Is 404 for an unknown user'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      return isError(
        await ctx.call('updateUser', { tenant_id, user_id: UNKNOWN_USER, name: 'x' }),
        404,
        'USER_NOT_FOUND',
      )
    },
  },
])

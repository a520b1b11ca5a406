import { CreateUserResponse, DeleteUserResponse, UserInfo } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'
import { UNKNOWN_USER } from './operation-samples.ts'

const PASSWORD = 'Correct-horse-battery-9'

function newUser(ctx: CheckContext): Members & { readonly email: string; readonly name: string } {
  return { email: ctx.newEmail(), name: `사용자 ${ctx.word()}` }
}

function refusedCreation(id: string, title: readonly [string, string], change: (user: Members) => Members): CheckDraft {
  return {
    id,
    title,
    async run(ctx) {
      const user = change(newUser(ctx))
      return isError(
        await ctx.call('createUser', { tenant_id: await ctx.sharedTenant(), ...user }),
        422,
        'INVALID_REQUEST',
      )
    },
  }
}

function withChange(changed: Members): (user: Members) => Members {
  return (user) => ({ ...user, ...changed })
}

function without(name: string): (user: Members) => Members {
  return (user) => Object.fromEntries(Object.entries(user).filter(([member]) => member !== name))
}

/** Checks on adding users. */
export const createUserChecks = defineArea('users', { rule: 'createUser', needs: ['standard', 'v2'] }, [
  {
    id: 'users-create-answer',
    title: ['201과 새 사용자를 답합니다', 'Answers 201 and the new user'],
    async run(ctx) {
      const user = newUser(ctx)
      const exchange = await ctx.call('createUser', { tenant_id: await ctx.sharedTenant(), ...user })
      return [
        hasStatus(exchange, 201),
        fits(exchange, CreateUserResponse),
        hasMember(exchange, 'email', user.email),
        hasMember(exchange, 'name', user.name),
        hasMember(exchange, 'role', 'user'),
        hasMember(exchange, 'status', 'active'),
      ]
    },
  },
  {
    id: 'users-create-role',
    title: ['요청한 역할을 줍니다', 'Gives the role asked for'],
    async run(ctx) {
      const exchange = await ctx.call('createUser', {
        tenant_id: await ctx.sharedTenant(),
        ...newUser(ctx),
        role: 'admin',
      })
      return [hasMember(exchange, 'role', 'admin')]
    },
  },
  {
    id: 'users-create-temporary-password',
    title: ['비밀번호 없이 만들면 임시 비밀번호 표시는 true입니다', 'Flags a temporary password when none was sent'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const none = await ctx.call('createUser', { tenant_id, ...newUser(ctx) })
      const own = await ctx.call('createUser', { tenant_id, ...newUser(ctx), password: PASSWORD })
      return [hasMember(none, 'temporary_password', true), hasMember(own, 'temporary_password', false)]
    },
  },
  {
    id: 'users-create-password-hidden',
    title: ['어떤 답에도 비밀번호가 없습니다', 'Shows the password in no answer'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const created = await ctx.call('createUser', { tenant_id, ...newUser(ctx), password: PASSWORD })
      const user_id = memberAt(created.json, 'user_id')
      const answers = [
        created,
        await ctx.call('getUser', { tenant_id, user_id }),
        await ctx.call('listUsers', { tenant_id }),
      ]
      return answers.map((exchange) =>
        holds('body', !exchange.text.includes(PASSWORD), {
          expected: 'no password',
          received: 'the password',
          exchange,
        }),
      )
    },
  },
  {
    id: 'users-create-listed',
    title: ['새 사용자는 목록에 나오고 total이 하나 늘어납니다', 'Lists the new user and counts one more'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const before = Number(memberAt((await ctx.call('listUsers', { tenant_id })).json, 'total'))
      const user = await ctx.user(tenant_id)
      const found = await ctx.call('listUsers', { tenant_id, search: user.email })
      return [
        hasMember(found, 'users.0.user_id', user.user_id),
        hasMember(await ctx.call('listUsers', { tenant_id }), 'total', before + 1),
      ]
    },
  },
  {
    id: 'users-create-exists',
    title: ['같은 이메일은 409입니다', 'Is 409 for an e-mail that is there already'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { email } = await ctx.user(tenant_id)
      return isError(await ctx.call('createUser', { tenant_id, email, name: '다른 이름' }), 409, 'USER_EXISTS')
    },
  },
  {
    id: 'users-create-unknown-members',
    title: ['모르는 항목은 무시하고 되돌려 주지 않습니다', 'Ignores members it does not know and does not repeat them'],
    async run(ctx) {
      const body = { ...newUser(ctx), is_super_admin: true }
      const exchange = await ctx.call('createUser', { tenant_id: await ctx.sharedTenant(), ...body })
      const received = memberAt(exchange.json, 'is_super_admin') ?? null
      return [hasStatus(exchange, 201), equals('is_super_admin', { expected: null, received, exchange })]
    },
  },
  refusedCreation('users-create-missing-email', ['email 없이는 422입니다', 'Is 422 without email'], without('email')),
  refusedCreation('users-create-missing-name', ['name 없이는 422입니다', 'Is 422 without name'], without('name')),
  refusedCreation(
    'users-create-email-number',
    ['email이 숫자이면 422입니다', 'Is 422 when email is a number'],
    withChange({ email: 5 }),
  ),
  refusedCreation(
    'users-create-role-unknown',
    ['모르는 역할은 422입니다', 'Is 422 for an unknown role'],
    withChange({ role: 'owner' }),
  ),
  refusedCreation(
    'users-create-role-null',
    ['role이 null이면 422입니다', 'Is 422 when role is null'],
    withChange({ role: null }),
  ),
  refusedCreation(
    'users-create-welcome-word',
    ['send_welcome_email이 다른 말이면 422입니다', 'Is 422 when send_welcome_email is another word'],
    withChange({ send_welcome_email: 'perhaps' }),
  ),
  refusedCreation(
    'users-create-welcome-null',
    ['send_welcome_email이 null이면 422입니다', 'Is 422 when send_welcome_email is null'],
    withChange({ send_welcome_email: null }),
  ),
])

/** Checks on reading and removing users. */
export const userChecks = defineArea('users', { rule: 'getUser', needs: ['standard', 'v2'] }, [
  {
    id: 'users-get-answer',
    title: ['200과 사용자를 답합니다', 'Answers 200 and the user'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const user = await ctx.user(tenant_id)
      const exchange = await ctx.call('getUser', { tenant_id, user_id: user.user_id })
      return [
        hasStatus(exchange, 200),
        fits(exchange, UserInfo),
        hasMember(exchange, 'user_id', user.user_id),
        hasMember(exchange, 'email', user.email),
        hasMember(exchange, 'name', user.name),
      ]
    },
  },
  {
    id: 'users-get-unknown',
    title: ['모르는 사용자는 404입니다', 'Is 404 for an unknown user'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      return isError(await ctx.call('getUser', { tenant_id, user_id: UNKNOWN_USER }), 404, 'USER_NOT_FOUND')
    },
  },
  {
    id: 'users-delete-answer',
    rule: 'deleteUser',
    title: ['204가 아니라 200과 본문을 답합니다', 'Answers 200 with a body, not 204'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id } = await ctx.user(tenant_id)
      const exchange = await ctx.call('deleteUser', { tenant_id, user_id })
      return [
        hasStatus(exchange, 200),
        fits(exchange, DeleteUserResponse),
        hasMember(exchange, 'success', true),
        hasMember(exchange, 'user_id', user_id),
      ]
    },
  },
  {
    id: 'users-delete-gone',
    rule: 'deleteUser',
    title: ['삭제한 사용자는 404입니다', 'Is 404 for a user that was removed'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id } = await ctx.user(tenant_id)
      await ctx.call('deleteUser', { tenant_id, user_id })
      return isError(await ctx.call('getUser', { tenant_id, user_id }), 404, 'USER_NOT_FOUND')
    },
  },
  {
    id: 'users-delete-unknown',
    rule: 'deleteUser',
    title: ['모르는 사용자의 삭제는 404입니다', 'Is 404 when an unknown user is to be removed'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      return isError(await ctx.call('deleteUser', { tenant_id, user_id: UNKNOWN_USER }), 404, 'USER_NOT_FOUND')
    },
  },
  {
    id: 'users-delete-body',
    rule: 'deleteUser',
    title: ['삭제할 때의 본문은 무시합니다', 'Ignores a body of a removal'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const { user_id } = await ctx.user(tenant_id)
      return [hasStatus(await ctx.call('deleteUser', { tenant_id, user_id }, { body: { reason: 'gone' } }), 200)]
    },
  },
])

import { defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, hasHeader, hasMember, hasStatus } from '../expect/expectation.ts'

function withKey(key: string) {
  return { headers: { 'Idempotency-Key': key } }
}

/** Checks on idempotency keys. */
export const idempotencyChecks = defineArea(
  'idempotency',
  { rule: 'idempotency', needs: ['standard', 'idempotency'] },
  [
    {
      id: 'idempotency-replay',
      title: ['같은 키와 본문은 저장된 답을 바이트 그대로 돌려줍니다', 'Gives the stored answer, byte for byte'],
      async run(ctx) {
        const body = ctx.activation(ctx.newTenantId())
        const key = ctx.word()
        const first = await ctx.call('activateTenant', body, withKey(key))
        const again = await ctx.call('activateTenant', body, withKey(key))
        return [
          hasStatus(again, 200),
          equals('body', { expected: first.text, received: again.text, exchange: again }),
          hasHeader(again, 'idempotent-replay', /^true$/),
        ]
      },
    },
    {
      id: 'idempotency-one-effect',
      needs: ['v2'],
      title: ['같은 키로 두 번 만든 사용자는 한 명입니다', 'Makes one user for two requests with one key'],
      async run(ctx) {
        const tenant_id = await ctx.tenant()
        const user = { email: ctx.newEmail(), name: '한 번만' }
        const key = ctx.word()
        await ctx.call('createUser', { tenant_id, ...user }, withKey(key))
        const again = await ctx.call('createUser', { tenant_id, ...user }, withKey(key))
        return [
          hasStatus(again, 201),
          hasMember(await ctx.call('listUsers', { tenant_id, search: user.email }), 'total', 1),
        ]
      },
    },
    {
      id: 'idempotency-other-body',
      title: ['같은 키에 다른 본문은 422입니다', 'Is 422 for another body with the same key'],
      async run(ctx) {
        const body = ctx.activation(ctx.newTenantId())
        const key = ctx.word()
        await ctx.call('activateTenant', body, withKey(key))
        return isError(
          await ctx.call('activateTenant', { ...body, plan: 'other' }, withKey(key)),
          422,
          'IDEMPOTENCY_KEY_REUSED',
        )
      },
    },
    {
      id: 'idempotency-long-key',
      title: ['255자를 넘는 키는 400입니다', 'Is 400 for a key of more than 255 characters'],
      async run(ctx) {
        const body = ctx.activation(ctx.newTenantId())
        return [hasStatus(await ctx.call('activateTenant', body, withKey('k'.repeat(256))), 400)]
      },
    },
    {
      id: 'idempotency-scope',
      title: ['다른 테넌트의 같은 키는 다른 키입니다', 'Takes the same key of another tenant for another key'],
      async run(ctx) {
        const key = ctx.word()
        const [one, other] = [ctx.activation(ctx.newTenantId()), ctx.activation(ctx.newTenantId())]
        await ctx.call('activateTenant', one, withKey(key))
        const exchange = await ctx.call('activateTenant', other, withKey(key))
        return [hasStatus(exchange, 200), hasMember(exchange, 'tenant_id', other.tenant_id)]
      },
    },
    {
      id: 'idempotency-refusals',
      title: ['거절한 답은 저장하지 않습니다', 'Stores no refusal'],
      async run(ctx) {
        const body = ctx.activation(ctx.newTenantId())
        const key = ctx.word()
        await ctx.call('activateTenant', { ...body, plan: 5 }, withKey(key))
        return [hasStatus(await ctx.call('activateTenant', body, withKey(key)), 200)]
      },
    },
  ],
)

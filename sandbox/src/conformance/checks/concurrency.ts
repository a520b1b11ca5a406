import { defineArea } from '../check.ts'
import { equals, hasMember } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import { flatApplication } from '../webhook-payload.ts'

const AT_ONCE = 20

function atOnce(send: (index: number) => Promise<Exchange>): Promise<readonly Exchange[]> {
  return Promise.all(Array.from({ length: AT_ONCE }, (_, index) => send(index)))
}

function statusesOf(exchanges: readonly Exchange[]): readonly number[] {
  return exchanges.map(({ status }) => status).toSorted((one, other) => one - other)
}

function oneOf(success: number): readonly number[] {
  return [success, ...Array.from({ length: AT_ONCE - 1 }, () => 409)]
}

/** Checks on requests at once. */
export const concurrencyChecks = defineArea('concurrency', { rule: 'concurrency', needs: ['standard'] }, [
  {
    id: 'concurrency-activate',
    title: [
      '동시에 20번 활성화하면 하나만 200, 나머지는 409입니다',
      'Of 20 activations at once one is 200, the rest 409',
    ],
    async run(ctx) {
      const body = ctx.activation(ctx.newTenantId())
      const exchanges = await atOnce(() => ctx.call('activateTenant', body))
      return [equals('status', { expected: oneOf(200), received: statusesOf(exchanges), exchange: exchanges[0] })]
    },
  },
  {
    id: 'concurrency-create-user',
    needs: ['v2'],
    title: [
      '같은 이메일로 동시에 20번 만들면 하나만 201입니다',
      'Of 20 users with one e-mail at once one is 201, the rest 409',
    ],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const user = { email: ctx.newEmail(), name: '동시 사용자' }
      const exchanges = await atOnce(() => ctx.call('createUser', { tenant_id, ...user }))
      return [equals('status', { expected: oneOf(201), received: statusesOf(exchanges), exchange: exchanges[0] })]
    },
  },
  {
    id: 'concurrency-users',
    needs: ['v2'],
    title: ['동시에 만든 20명이 모두 목록에 있습니다', 'Lists all of 20 users that were made at once'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const tag = ctx.word()
      const exchanges = await atOnce((index) =>
        ctx.call('createUser', { tenant_id, email: ctx.newEmail(), name: `${tag} ${index}` }),
      )
      const ids = new Set(exchanges.map(({ json }) => memberAt(json, 'user_id')))
      return [
        equals('user_id', { expected: AT_ONCE, received: ids.size, exchange: exchanges[0] }),
        hasMember(await ctx.call('listUsers', { tenant_id, search: tag }), 'total', AT_ONCE),
      ]
    },
  },
  {
    id: 'concurrency-settings',
    level: 'SHOULD',
    needs: ['settingsWrite'],
    title: ['동시에 바꾼 설정을 하나도 잃지 않습니다', 'Loses none of the settings that were changed at once'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await atOnce((index) => ctx.call('updateSettings', { tenant_id, features: { [`switch_${index}`]: true } }))
      const features = memberAt((await ctx.call('getSettings', { tenant_id })).json, 'config', 'features')
      const kept = Object.keys(Object(features)).filter((name) => name.startsWith('switch_')).length
      return [equals('config.features', { expected: AT_ONCE, received: kept })]
    },
  },
  {
    id: 'concurrency-webhook',
    level: 'SHOULD',
    rule: 'reuse',
    needs: ['webhook'],
    title: [
      '한 신청자의 동시 신청은 한 테넌트가 됩니다',
      'Makes one tenant of an applicant who applies 20 times at once',
    ],
    async run(ctx) {
      const email = ctx.newEmail()
      const exchanges = await atOnce(() => ctx.webhook(flatApplication(ctx, { email })))
      const ids = new Set(exchanges.map(({ json }) => memberAt(json, 'tenant_id')))
      return [equals('tenant_id', { expected: 1, received: ids.size, exchange: exchanges[0] })]
    },
  },
])

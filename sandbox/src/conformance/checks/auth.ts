import { type CheckDraft, defineArea } from '../check.ts'
import type { CallOptions, CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import { localised } from '../localised.ts'
import { COMPAT_KEY_HEADER } from '../target.ts'
import { flatApplication } from '../webhook-payload.ts'
import { compatReads, kebab, needsOf, sampleMembers, tenantOperations } from './operation-samples.ts'

const WRONG = 'invalid_key'

const credentials = [
  ['missing', null, '키가 없으면', 'without a key'],
  ['wrong', WRONG, '틀린 키는', 'for a wrong key'],
] as const

const ruleOf = Object.freeze({ missing: 'authMissing', wrong: 'auth' } as const)

/** Right requests but for the key, so that the order in which a service looks at things does not matter. */
const onEveryOperation = tenantOperations.flatMap((operation) =>
  credentials.map(
    ([name, key, ko, en]): CheckDraft => ({
      id: `auth-${name}-${kebab(operation)}`,
      rule: ruleOf[name],
      needs: needsOf(operation),
      title: [`${operation}: ${ko} 401입니다`, `${operation} is 401 ${en}`],
      async run(ctx) {
        // A service that ends the tenant all the same must not spoil the other checks.
        const tenant_id = operation === 'deactivateTenant' ? await ctx.tenant() : await ctx.sharedTenant()
        const exchange = await ctx.call(operation, { tenant_id, ...sampleMembers(operation, ctx) }, { key })
        return isError(exchange, 401, 'UNAUTHORIZED')
      },
    }),
  ),
)

const onCompatReads = compatReads.flatMap(([operation, capability]) =>
  credentials.map(
    ([name, key, ko, en]): CheckDraft => ({
      id: `auth-${name}-compat-${kebab(operation)}`,
      rule: ruleOf[name],
      level: capability === 'compat' ? 'MUST' : 'SHOULD',
      needs: [capability],
      title: [`예전 경로 ${operation}: ${ko} 401입니다`, `The old path ${operation} is 401 ${en}`],
      run: async (ctx) =>
        isError(await ctx.compat(operation, { tenant_id: await ctx.sharedTenant() }, { key }), 401, 'UNAUTHORIZED'),
    }),
  ),
)

const onWebhooks = credentials.flatMap(([name, key, ko, en]): readonly CheckDraft[] => [
  {
    id: `auth-${name}-auto-provision`,
    rule: ruleOf[name],
    needs: ['webhook'],
    title: [`auto-provision: ${ko} 401입니다`, `auto-provision is 401 ${en}`],
    run: async (ctx) => isError(await ctx.webhook(flatApplication(ctx), { key }), 401, 'UNAUTHORIZED'),
  },
  {
    id: `auth-${name}-application-approved`,
    rule: ruleOf[name],
    needs: ['nestedWebhook'],
    title: [`application-approved: ${ko} 401입니다`, `application-approved is 401 ${en}`],
    run: async (ctx) =>
      isError(await ctx.compat('applicationApproved', flatApplication(ctx), { key }), 401, 'UNAUTHORIZED'),
  },
])

/** A request whose credential is none, in one way or another. */
function refused(
  id: string,
  title: readonly [string, string],
  credential: (ctx: CheckContext) => CallOptions,
): CheckDraft {
  return {
    id,
    needs: ['standard'],
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      return isError(await ctx.call('getTenantStatus', { tenant_id }, credential(ctx)), 401, 'UNAUTHORIZED')
    },
  }
}

const forms: readonly CheckDraft[] = [
  refused('auth-empty-key', ['빈 키는 401입니다', 'Is 401 for an empty key'], () => ({ key: '' })),
  refused(
    'auth-key-beginning',
    ['키의 앞부분만으로는 401입니다', 'Is 401 for the beginning of the key'],
    ({ target }) => ({
      key: target.apiKey.slice(0, -1),
    }),
  ),
  refused(
    'auth-key-longer',
    ['키 뒤에 글자가 더 있으면 401입니다', 'Is 401 for the key with more behind it'],
    ({ target }) => ({
      key: `${target.apiKey}x`,
    }),
  ),
  refused('auth-key-case', ['키는 대소문자를 구별합니다', 'Tells the case of the key apart'], ({ target }) => ({
    key: otherCase(target.apiKey),
  })),
  refused('auth-query-key', ['쿼리의 키는 받지 않습니다', 'Takes no key from the query'], ({ target }) => ({
    key: null,
    query: new URLSearchParams({ api_key: target.apiKey, [target.apiKeyHeader]: target.apiKey }).toString(),
  })),
  refused('auth-bearer-key', ['Bearer로 보낸 키는 받지 않습니다', 'Takes no key as a bearer token'], ({ target }) => ({
    key: null,
    headers: { Authorization: `Bearer ${target.apiKey}` },
  })),
  {
    id: 'auth-other-header',
    needs: ['standard'],
    title: ['예전 경로의 헤더는 표준 경로에서 401입니다', 'Is 401 for the header of the old paths'],
    async run(ctx) {
      const { apiKey, apiKeyHeader } = ctx.target
      if (apiKeyHeader.toLowerCase() === COMPAT_KEY_HEADER.toLowerCase()) {
        ctx.nothingToSee(localised('두 경로가 같은 헤더를 씁니다', 'Both kinds of paths use one header'))
      }
      const options = { key: null, headers: { [COMPAT_KEY_HEADER]: apiKey } }
      const tenant_id = await ctx.sharedTenant()
      return isError(await ctx.call('getTenantStatus', { tenant_id }, options), 401, 'UNAUTHORIZED')
    },
  },
  {
    id: 'auth-compat-other-header',
    needs: ['compat'],
    title: ['표준 경로의 헤더는 예전 경로에서 401입니다', "Is 401 on the old paths for the standard paths' header"],
    async run(ctx) {
      const { apiKey, apiKeyHeader } = ctx.target
      if (apiKeyHeader.toLowerCase() === COMPAT_KEY_HEADER.toLowerCase()) {
        ctx.nothingToSee(localised('두 경로가 같은 헤더를 씁니다', 'Both kinds of paths use one header'))
      }
      const options = { key: null, headers: { [apiKeyHeader]: apiKey } }
      return isError(await ctx.compat('stats', { tenant_id: await ctx.sharedTenant() }, options), 401, 'UNAUTHORIZED')
    },
  },
  {
    id: 'auth-no-effect',
    needs: ['standard'],
    title: ['거절한 요청은 아무 일도 하지 않습니다', 'Does nothing for a request it refuses'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.call('deactivateTenant', { tenant_id, reason: 'violation', preserve_data: true }, { key: WRONG })
      return [hasMember(await ctx.call('getTenantStatus', { tenant_id }), 'status', 'active')]
    },
  },
  {
    id: 'auth-before-tenant',
    needs: ['standard'],
    title: ['키가 틀리면 테넌트가 있는지 알려 주지 않습니다', 'Does not tell strangers which tenants there are'],
    run: async (ctx) =>
      isError(await ctx.call('getTenantStatus', { tenant_id: ctx.newTenantId() }, { key: WRONG }), 401, 'UNAUTHORIZED'),
  },
  {
    id: 'auth-before-body',
    level: 'SHOULD',
    rule: 'authForm',
    needs: ['standard'],
    title: ['본문을 읽기 전에 키를 확인합니다', 'Looks at the key before the body'],
    async run(ctx) {
      const tenant_id = ctx.newTenantId()
      return [hasStatus(await ctx.call('activateTenant', { tenant_id }, { key: null, rawBody: '{"broken' }), 401)]
    },
  },
  {
    id: 'auth-one-body',
    level: 'SHOULD',
    rule: 'authForm',
    needs: ['standard'],
    title: ['무엇이 틀렸는지 알려 주지 않습니다', 'Does not say what was wrong'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const missing = await ctx.call('getTenantStatus', { tenant_id }, { key: null })
      const exchange = await ctx.call('getTenantStatus', { tenant_id }, { key: WRONG })
      const said = ({ json }: typeof exchange) => [
        memberAt(json, 'error'),
        memberAt(json, 'message'),
        memberAt(json, 'detail'),
      ]
      return [equals('error, message, detail', { expected: said(missing), received: said(exchange), exchange })]
    },
  },
  {
    id: 'auth-silent',
    rule: 'authForm',
    needs: ['standard'],
    title: ['401은 올바른 키를 말하지 않습니다', 'Does not give the right key away'],
    async run(ctx) {
      const exchange = await ctx.call('getTenantStatus', { tenant_id: await ctx.sharedTenant() }, { key: WRONG })
      const said = exchange.text + JSON.stringify(exchange.headers)
      const ok = ctx.target.apiKey === '' || !said.includes(ctx.target.apiKey)
      return [hasStatus(exchange, 401), holds('body', ok, { expected: 'no key', received: exchange.text, exchange })]
    },
  },
]

function otherCase(key: string): string {
  const changed = key.toUpperCase()
  return changed === key ? key.toLowerCase() : changed
}

/** Checks on keys, on every route. */
export const authChecks = defineArea('auth', { rule: 'auth', needs: [] }, [
  ...onEveryOperation,
  ...onCompatReads,
  ...onWebhooks,
  ...forms,
])

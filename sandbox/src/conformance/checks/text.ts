import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { hasMember, hasStatus, holds } from '../expect/expectation.ts'

/** A name of a user that must come back as it was sent, also when it is read again. */
function roundTrip(
  id: string,
  title: readonly [string, string],
  { name, level = 'MUST' }: { readonly name: string; readonly level?: 'MUST' | 'SHOULD' },
): CheckDraft {
  return {
    id,
    level,
    title,
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const created = await ctx.call('createUser', { tenant_id, email: ctx.newEmail(), name })
      const user_id = Object(created.json).user_id ?? 'no-user'
      const again = await ctx.call('getUser', { tenant_id, user_id })
      return [hasStatus(created, 201), hasMember(created, 'name', name), hasMember(again, 'name', name)]
    },
  }
}

/** Checks on text. */
export const textChecks = defineArea('text', { rule: 'text', needs: ['standard', 'v2'] }, [
  roundTrip('text-korean', ['한글 이름이 그대로 돌아옵니다', 'Gives a Korean name back'], {
    name: '홍길동 (한림대학교)',
  }),
  roundTrip('text-emoji', ['이모지가 그대로 돌아옵니다', 'Gives emoji back'], { name: '👩🏽‍🎓 학생 𝄞' }),
  roundTrip('text-quotes', ['따옴표와 꺾쇠가 그대로 돌아옵니다', 'Gives quotes and brackets back'], {
    name: `"'\\<script>&amp;%20;--{{x}}$\u007b0}`,
  }),
  roundTrip('text-long', ['2,000자의 이름이 그대로 돌아옵니다', 'Gives a name of 2,000 characters back'], {
    name: '긴이름'.repeat(666),
  }),
  roundTrip('text-decomposed', ['풀어 쓴 한글도 바꾸지 않습니다', 'Leaves decomposed Korean as it is'], {
    name: '한글'.normalize('NFD'),
    level: 'SHOULD',
  }),
  roundTrip('text-lines', ['줄바꿈과 탭이 그대로 돌아옵니다', 'Gives line breaks and tabs back'], {
    name: '첫째 줄\n둘째\t줄',
    level: 'SHOULD',
  }),
  {
    id: 'text-raw-utf8',
    level: 'SHOULD',
    title: ['한글을 \\u 없이 UTF-8로 보냅니다', 'Sends Korean as UTF-8, without escapes'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.call('createUser', { tenant_id, email: ctx.newEmail(), name: '가나다' })
      const ok = exchange.text.includes('가나다')
      return [holds('body', ok, { expected: '가나다', received: exchange.text.slice(0, 200), exchange })]
    },
  },
  {
    id: 'text-tenant-name',
    needs: [],
    title: ['한글과 이모지가 든 테넌트 이름을 받습니다', 'Takes a tenant name with Korean and emoji'],
    async run(ctx) {
      const body = { ...ctx.activation(ctx.newTenantId()), tenant_name: '한림대학교 👩🏽‍🎓 "춘천"' }
      return [hasStatus(await ctx.call('activateTenant', body), 200)]
    },
  },
])

/** Checks on ids that are more than small letters. */
export const idChecks = defineArea('id', { rule: 'ids', needs: ['standard', 'freeIds'] }, [
  {
    id: 'id-korean',
    title: ['한글과 공백이 든 테넌트 ID를 찾습니다', 'Finds a tenant id with Korean and a space'],
    async run(ctx) {
      const tenant_id = `${ctx.newTenantId()} 한림대`
      const made = await ctx.call('activateTenant', ctx.activation(tenant_id))
      const exchange = await ctx.call('getTenantStatus', { tenant_id })
      return [hasStatus(made, 200), hasStatus(exchange, 200), hasMember(exchange, 'tenant_id', tenant_id)]
    },
  },
  {
    id: 'id-case',
    title: ['대문자로 쓴 ID는 다른 테넌트입니다', 'Takes an id in capitals for another tenant'],
    async run(ctx) {
      const tenant_id = (await ctx.sharedTenant()).toUpperCase()
      return isError(await ctx.call('getTenantStatus', { tenant_id }), 404, 'TENANT_NOT_FOUND')
    },
  },
  {
    id: 'id-plus',
    title: ['ID의 +는 더하기이지 공백이 아닙니다', 'Takes a plus in an id for a plus, not a space'],
    async run(ctx) {
      const id = `${ctx.newTenantId()}+x`
      await ctx.call('activateTenant', ctx.activation(id))
      const exchange = await ctx.send(`${ctx.target.prefix}/tenant/${id}/status`)
      return [hasStatus(exchange, 200), hasMember(exchange, 'tenant_id', id)]
    },
  },
])

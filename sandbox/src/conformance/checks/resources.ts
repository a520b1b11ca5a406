import { ResourcesResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { listAt, memberAt } from '../http/exchange.ts'
import { localised } from '../localised.ts'
import { columnOf } from './sums.ts'

const none = localised('테넌트에 자료가 없습니다', 'The tenant has no resources')

const refusedQueries = (
  [
    ['type-unknown', 'type=video'],
    ['type-empty', 'type='],
    ['limit-zero', 'limit=0'],
    ['limit-too-large', 'limit=101'],
    ['offset-negative', 'offset=-1'],
  ] as const
).map(
  ([name, query]): CheckDraft => ({
    id: `resources-${name}`,
    title: [`${query}은(는) 422입니다`, `Is 422 for ${query}`],
    run: async (ctx) =>
      isError(
        await ctx.call('listResources', { tenant_id: await ctx.readTenant() }, { query }),
        422,
        'INVALID_REQUEST',
      ),
  }),
)

/** Checks on the things a service keeps for a tenant. */
export const resourcesChecks = defineArea('resources', { rule: 'resources', needs: ['standard', 'v2'] }, [
  {
    id: 'resources-answer',
    title: ['200과 자료 목록을 답합니다', 'Answers 200 and the resources'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('listResources', { tenant_id, limit: 100 })
      return [
        hasStatus(exchange, 200),
        fits(exchange, ResourcesResponse),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'resource_type', null),
      ]
    },
  },
  ...refusedQueries,
  {
    id: 'resources-type',
    title: ['type으로 거르고 되돌려 줍니다', 'Filters by type and repeats it'],
    async run(ctx) {
      const exchange = await ctx.call('listResources', {
        tenant_id: await ctx.readTenant(),
        type: 'course',
        limit: 100,
      })
      const types = new Set(columnOf(exchange.json, 'items', 'type'))
      types.delete('course')
      return [
        hasStatus(exchange, 200),
        hasMember(exchange, 'resource_type', 'course'),
        equals('items.type', { expected: [], received: [...types], exchange }),
      ]
    },
  },
  {
    id: 'resources-limit',
    title: ['limit보다 많이 답하지 않고 total은 그대로입니다', 'Gives no more than limit and keeps the total'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const whole = await ctx.call('listResources', { tenant_id, limit: 100 })
      if (listAt(whole.json, 'items').length < 2) ctx.nothingToSee(none)
      const exchange = await ctx.call('listResources', { tenant_id, limit: 1 })
      const received = listAt(exchange.json, 'items').length
      return [
        equals('items.length', { expected: 1, received, exchange }),
        hasMember(exchange, 'total', memberAt(whole.json, 'total')),
      ]
    },
  },
  {
    id: 'resources-search',
    title: ['제목으로 찾습니다', 'Finds by title'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const [first] = listAt((await ctx.call('listResources', { tenant_id })).json, 'items')
      if (first === undefined) ctx.nothingToSee(none)
      const search = String(memberAt(first, 'title'))
      const exchange = await ctx.call('listResources', { tenant_id, search, limit: 100 })
      const titles = columnOf(exchange.json, 'items', 'title').map((title) => String(title).toLowerCase())
      const ok = titles.length > 0 && titles.every((title) => title.includes(search.toLowerCase()))
      return [hasStatus(exchange, 200), holds('items.title', ok, { expected: search, received: titles, exchange })]
    },
  },
  {
    id: 'resources-search-none',
    title: ['찾지 못하면 200과 빈 목록입니다', 'Is 200 with an empty list when nothing is found'],
    async run(ctx) {
      const search = `${ctx.word()}${ctx.word()}`
      const exchange = await ctx.call('listResources', { tenant_id: await ctx.readTenant(), search })
      return [hasStatus(exchange, 200), hasMember(exchange, 'total', 0), hasMember(exchange, 'items', [])]
    },
  },
])

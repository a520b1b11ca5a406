import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { hasMember, hasStatus } from '../expect/expectation.ts'

const notations = [
  ['plus', '%2B2', 2, 'SHOULD'],
  ['zeros', '007', 7, 'SHOULD'],
  ['point', '2.0', 2, 'SHOULD'],
  ['spaces', '%202%20', 2, 'SHOULD'],
  ['underscore', '1_0', 10, 'SHOULD'],
] as const

const noNotations = [
  ['empty', '', 'MUST'],
  ['exponent', '1e1', 'SHOULD'],
  ['hex', '0x10', 'SHOULD'],
  ['true', 'true', 'MUST'],
  ['null', 'null', 'MUST'],
] as const

/** Checks on queries. */
export const queryChecks = defineArea('query', { rule: 'query', needs: ['standard', 'v2'] }, [
  ...notations.map(
    ([name, text, value, level]): CheckDraft => ({
      id: `query-${name}`,
      level,
      title: [`limit=${text}은(는) ${value}입니다`, `Takes limit=${text} for ${value}`],
      async run(ctx) {
        const exchange = await ctx.call(
          'listUsers',
          { tenant_id: await ctx.sharedTenant() },
          { query: `limit=${text}` },
        )
        return [hasStatus(exchange, 200), hasMember(exchange, 'limit', value)]
      },
    }),
  ),
  ...noNotations.map(
    ([name, text, level]): CheckDraft => ({
      id: `query-${name}`,
      level,
      title: [`limit=${text}은(는) 422입니다`, `Is 422 for limit=${text}`],
      run: async (ctx) =>
        isError(await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant() }, { query: `limit=${text}` }), 422),
    }),
  ),
  {
    id: 'query-last-wins',
    level: 'SHOULD',
    title: ['같은 매개변수는 마지막 것이 이깁니다', 'Takes the last of a repeated parameter'],
    async run(ctx) {
      const exchange = await ctx.call(
        'listUsers',
        { tenant_id: await ctx.sharedTenant() },
        { query: 'limit=5&limit=7' },
      )
      return [hasStatus(exchange, 200), hasMember(exchange, 'limit', 7)]
    },
  },
  {
    id: 'query-prototype',
    title: [
      'constructor나 __proto__라는 매개변수에도 멈추지 않습니다',
      'Is not upset by parameters such as constructor',
    ],
    async run(ctx) {
      const query = 'constructor=1&__proto__=1&toString=1&hasOwnProperty=1'
      return [hasStatus(await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant() }, { query }), 200)]
    },
  },
])

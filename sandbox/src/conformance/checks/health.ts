import { HealthResponse, HealthState } from '@mt-paas/server/contract'
import { defineArea } from '../check.ts'
import { fits, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'

const WHOLE_SECONDS_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const CLOCK_TOLERANCE_MS = 300_000

function timestampOf(exchange: Exchange): string {
  return String(memberAt(exchange.json, 'timestamp'))
}

/** Checks on the health of the standard endpoints. */
export const healthChecks = defineArea('health', { rule: 'health', needs: ['standard'] }, [
  {
    id: 'health-answer',
    title: ['키 없이 200과 상태를 답합니다', 'Answers 200 and the state without a key'],
    async run(ctx) {
      const exchange = await ctx.call('checkHealth', {}, { key: null })
      return [hasStatus(exchange, 200), fits(exchange, HealthResponse)]
    },
  },
  {
    id: 'health-wrong-key',
    title: ['틀린 키에도 200입니다', 'Is 200 also for a wrong key'],
    run: async (ctx) => [hasStatus(await ctx.call('checkHealth', {}, { key: 'invalid_key' }), 200)],
  },
  {
    id: 'health-timestamp',
    title: ['시각은 초 단위 UTC입니다', 'Gives the time in UTC with whole seconds'],
    async run(ctx) {
      const exchange = await ctx.call('checkHealth')
      const received = timestampOf(exchange)
      return [
        holds('timestamp', WHOLE_SECONDS_UTC.test(received), { expected: 'YYYY-MM-DDTHH:MM:SSZ', received, exchange }),
      ]
    },
  },
  {
    id: 'health-clock',
    level: 'SHOULD',
    title: ['시계가 5분 이상 어긋나지 않습니다', 'Has a clock that is right within five minutes'],
    async run(ctx) {
      const exchange = await ctx.call('checkHealth')
      const received = timestampOf(exchange)
      const isNear = Math.abs(Date.parse(received) - ctx.now().getTime()) < CLOCK_TOLERANCE_MS
      return [holds('timestamp', isNear, { expected: ctx.now().toISOString(), received, exchange })]
    },
  },
  {
    id: 'health-word',
    level: 'SHOULD',
    title: ['상태는 정해진 세 단어 중 하나입니다', 'Says one of the three words'],
    async run(ctx) {
      const exchange = await ctx.call('checkHealth')
      const received = memberAt(exchange.json, 'status')
      return [
        holds('status', HealthState.safeParse(received).success, { expected: HealthState.options, received, exchange }),
      ]
    },
  },
])

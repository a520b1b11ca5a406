import { costOf, type Message, type ReferenceTenant, rates } from './reference-tenant.ts'

const DAY_MS = 86_400_000

/** The day of a message, `YYYY-MM-DD` in UTC. */
function dayOf({ at }: Message): string {
  return at.toISOString().slice(0, 10)
}

/** Messages of the last days; a span that is not understood is 30 days. */
export function inSpan({ messages }: ReferenceTenant, span: string, now: Date): readonly Message[] {
  const days = Number(/^(\d+)d$/.exec(span)?.[1] ?? 30)
  return messages.filter(({ at }) => at.getTime() > now.getTime() - days * DAY_MS)
}

/** Messages of a month; `2026-1` is January as well. */
export function inMonth({ messages }: ReferenceTenant, period: string): readonly Message[] {
  const [year = '', month = ''] = period.split('-')
  const wanted = `${year}-${month.padStart(2, '0')}`
  return messages.filter((message) => dayOf(message).startsWith(wanted))
}

/** Tokens in and out. */
export function tokensOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0)
}

/** US dollars. */
export function costsOf(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + costOf(message), 0)
}

/** Messages by some key, in the order of the keys. */
export function groupBy(messages: readonly Message[], key: (message: Message) => string): [string, Message[]][] {
  return Object.entries(Object.groupBy(messages, key))
    .map(([name, group = []]): [string, Message[]] => [name, group])
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** Users, messages and tokens day by day. */
export function dailyTrend(messages: readonly Message[]) {
  return groupBy(messages, dayOf).map(([date, group]) => ({
    date,
    users: new Set(group.map(({ userId }) => userId)).size,
    messages: group.length,
    tokens: tokensOf(group),
  }))
}

/** Costs by model, user and day. */
export function costTables({ users }: ReferenceTenant, messages: readonly Message[]) {
  const byUser = groupBy(messages, ({ userId }) => userId).map(([user_id, group]) => ({
    user_id,
    name: users.get(user_id)?.name ?? '',
    cost_usd: costsOf(group),
    tokens: tokensOf(group),
  }))
  return {
    by_model: groupBy(messages, ({ model }) => model).map(([model, group]) => ({
      model,
      input_tokens: group.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
      output_tokens: group.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
      cost_usd: costsOf(group),
    })),
    by_user_top10: byUser.toSorted((one, other) => other.cost_usd - one.cost_usd).slice(0, 10),
    daily_trend: groupBy(messages, dayOf).map(([date, group]) => ({ date, cost_usd: costsOf(group) })),
  }
}

/** Lines of a bill: tokens in millions by model and direction. */
export function billLines(messages: readonly Message[]) {
  return groupBy(messages, ({ model }) => model).flatMap(([model, group]) =>
    (['input', 'output'] as const).map((direction) => {
      const tokens = group.reduce(
        (sum, { inputTokens, outputTokens }) => sum + (direction === 'input' ? inputTokens : outputTokens),
        0,
      )
      const quantity = tokens / 1_000_000
      const unit_price = rates[model]?.[direction] ?? 0
      return { name: `${model} ${direction}`, unit: '1M tokens', quantity, unit_price, amount: quantity * unit_price }
    }),
  )
}

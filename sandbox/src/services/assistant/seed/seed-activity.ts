import type { PlanLimits } from '@mt-paas/core'
import type { SeededRandom } from '../../../conformance/seeded-random.ts'
import type { AssistantDefinition } from '../assistant-definition.ts'
import { countTokens } from '../chat/count-tokens.ts'
import type { SeedUser } from './seed-users.ts'

/** What is made up. */
export interface SeedActivityOptions {
  readonly definition: AssistantDefinition
  readonly people: readonly SeedUser[]
  /** The last one first. */
  readonly days: readonly Date[]
  /** Nothing is later than this. */
  readonly end: Date
  readonly limits: PlanLimits
}

/** A conversation made up. */
export interface SeedSession {
  readonly id: string
  readonly user_id: string | null
  readonly title: string
  readonly started_at: string
}

/** A message made up. */
export interface SeedMessage {
  readonly id: string
  readonly session_id: string
  readonly user_id: string | null
  readonly author: 'user' | 'assistant'
  readonly content: string
  readonly model: string | null
  readonly input_tokens: number
  readonly output_tokens: number
  readonly created_at: string
}

/** Conversations and their messages, oldest first. */
export interface SeedActivity {
  readonly sessions: readonly SeedSession[]
  readonly messages: readonly SeedMessage[]
}

/** Tokens of an answer, about. */
const TOKENS = 700
/** The part of the plan's tokens that is used, about. */
const USED = 0.4
const MOST_A_DAY = 40
const MINUTE = 60_000

/** Days of questions: many on weekdays, few at the weekend, from nine to eleven at night in Korea, somewhat more and more. */
export function seedActivity(random: SeededRandom, options: SeedActivityOptions): SeedActivity {
  const { days, end, limits } = options
  const perDay = Math.max(2, Math.min(MOST_A_DAY, (limits.monthlyTokens * USED) / (30 * TOKENS)))
  const sessions: SeedSession[] = []
  const messages: SeedMessage[] = []
  for (const [index, day] of days.toReversed().entries()) {
    const weekend = [0, 6].includes(day.getUTCDay())
    const growth = 0.7 + (0.6 * index) / days.length
    let left = Math.round((perDay * growth * (weekend ? 0.35 : 1) * (80 + random.integer(41))) / 100)
    const starts: number[] = []
    for (let more = left; more > 0; more -= 2) starts.push(random.integer(14 * 60))
    for (const start of starts.sort((a, b) => a - b)) {
      const at = new Date(day)
      at.setUTCHours(0, start, random.integer(60), 0)
      const length = Math.min(left, 1 + random.integer(3))
      if (length <= 0 || at > end) continue
      left -= length
      addSession(random, options, { at, length, sessions, messages })
    }
  }
  return { sessions, messages: messages.toSorted((a, b) => a.created_at.localeCompare(b.created_at)) }
}

interface Place {
  readonly at: Date
  readonly length: number
  readonly sessions: SeedSession[]
  readonly messages: SeedMessage[]
}

function addSession(
  random: SeededRandom,
  options: SeedActivityOptions,
  { at, length, sessions, messages }: Place,
): void {
  const { definition, end } = options
  const { exchanges } = definition.samples
  const asker = askerAt(random, options, at)
  if (asker === undefined) return
  const id = `seed_session_${String(sessions.length + 1).padStart(5, '0')}`
  let time = at.getTime()
  let context = 250 + random.integer(300)
  for (let turn = 0; turn < length; turn += 1) {
    const exchange = exchanges[random.integer(exchanges.length)]
    const asked = new Date(time)
    const answered = new Date(time + (1 + random.integer(6)) * 1_000)
    if (!exchange || answered > end) break
    const { question, answer } = exchange
    if (turn === 0) sessions.push({ id, user_id: asker, title: question, started_at: asked.toISOString() })
    const common = { session_id: id, user_id: asker }
    const number = () => `seed_message_${String(messages.length + 1).padStart(6, '0')}`
    const nothing = { model: null, input_tokens: 0, output_tokens: 0 }
    const from = { ...common, ...nothing, author: 'user', content: question } as const
    messages.push({ ...from, id: number(), created_at: asked.toISOString() })
    const input_tokens = context + countTokens(question)
    const output_tokens = countTokens(answer)
    messages.push({
      ...common,
      id: number(),
      author: 'assistant',
      content: answer,
      model: modelOf(random, definition),
      input_tokens,
      output_tokens,
      created_at: answered.toISOString(),
    })
    context = input_tokens + output_tokens
    time += (1 + random.integer(4)) * MINUTE
  }
}

/** Who asks: often the same people. Null is a visitor; undefined where there is nobody yet. */
function askerAt(
  random: SeededRandom,
  { definition, people }: SeedActivityOptions,
  at: Date,
): string | null | undefined {
  if (definition.askedBy === 'everyone' && random.integer(100) < 80) return null
  const there = people.filter(({ createdAt, status }) => status === 'active' && createdAt <= at)
  const place = Math.floor((random.integer(1_000) * random.integer(1_000) * there.length) / 1_000_000)
  return there[place]?.id ?? (definition.askedBy === 'everyone' ? null : undefined)
}

/** The cheapest priced model of a service mostly, the others now and then. */
function modelOf(random: SeededRandom, { prices }: AssistantDefinition): string {
  const [first, second, third] = prices.map(({ model }) => model)
  const chance = random.integer(100)
  return (chance < 65 ? second : chance < 85 ? first : third) ?? first ?? ''
}

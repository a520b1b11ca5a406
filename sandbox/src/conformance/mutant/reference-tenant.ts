import type { TenantConfig, UserInfo } from '@mt-paas/server/contract'

/** Something a user said to a model, with what it cost. */
export interface Message {
  readonly userId: string
  /** UTC. */
  readonly at: Date
  readonly model: string
  readonly inputTokens: number
  readonly outputTokens: number
}

/** A course, discussion or document of a tenant. */
export interface Item {
  readonly id: string
  readonly title: string
  readonly type: 'course' | 'discussion' | 'document'
  readonly createdAt: string
}

/** A tenant of the reference service, in memory. */
export interface ReferenceTenant {
  readonly id: string
  status: 'active' | 'deactivated'
  plan: string
  features: readonly string[]
  readonly createdAt: string
  updatedAt: string
  /** Null when nothing is kept. */
  retentionUntil: string | null
  config: TenantConfig
  readonly users: Map<string, UserInfo>
  readonly messages: Message[]
  readonly items: readonly Item[]
}

/** Dollars per million tokens. */
export const rates: Readonly<Record<string, { readonly input: number; readonly output: number }>> = Object.freeze({
  'large-model': { input: 2.5, output: 10 },
  'small-model': { input: 0.15, output: 0.6 },
})

/** A message's cost in US dollars. */
export function costOf({ model, inputTokens, outputTokens }: Message): number {
  const { input, output } = rates[model] ?? { input: 0, output: 0 }
  return (inputTokens * input + outputTokens * output) / 1_000_000
}

const DAY_MS = 86_400_000
const SEEDED_DAYS = 30

/** UTC without a fraction. */
export function wireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** Three users with 30 days of use, so that there is something to add up. */
export function seededUsers(now: Date): ReadonlyMap<string, UserInfo> {
  const people = [
    ['user_001', '김하나', 'admin'],
    ['user_002', '이두리', 'user'],
    ['user_003', '박세찬', 'user'],
  ] as const
  return new Map(
    people.map(([id, name, role]) => [
      id,
      {
        user_id: id,
        email: `${id}@seed.example.com`,
        name,
        role,
        status: 'active',
        created_at: wireTime(new Date(now.getTime() - SEEDED_DAYS * DAY_MS)),
        last_login: wireTime(now),
        usage: { sessions: 30, messages: 30, tokens: 60_000 },
      },
    ]),
  )
}

/** Messages of the seeded users, a few each day up to now. */
export function seededMessages(now: Date): Message[] {
  return Array.from({ length: SEEDED_DAYS }, (_, day) => day).flatMap((day) =>
    ['user_001', 'user_002', 'user_003'].slice(0, 1 + (day % 3)).map((userId, index) => ({
      userId,
      at: new Date(now.getTime() - day * DAY_MS),
      model: index === 1 ? 'large-model' : 'small-model',
      inputTokens: 1_000 + day * 7,
      outputTokens: 500 + index * 11,
    })),
  )
}

/** Things of every kind. */
export function seededItems(now: Date): readonly Item[] {
  const createdAt = wireTime(now)
  return [
    { id: 'course_001', title: '인공지능 개론', type: 'course', createdAt },
    { id: 'course_002', title: 'Databases', type: 'course', createdAt },
    { id: 'discussion_001', title: '과제 질문', type: 'discussion', createdAt },
    { id: 'document_001', title: '강의 계획서', type: 'document', createdAt },
  ]
}

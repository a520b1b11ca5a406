import type {
  ActivateRequest,
  ActivateResponse,
  HealthResponse,
  ListUsersInput,
  StatsResponse,
  StatusResponse,
  UserInfo,
  UsersListResponse,
} from '@mt-paas/server/contract'

/** The one key that every contender accepts. */
export const API_KEY = 'bench-key-of-32-characters-00000'
export const KEY_HEADER = 'x-market-api-key'
export const VERSION = '1.4.0'
export const NOW = new Date('2026-01-31T09:00:00Z')

const summary = {
  total_users: 1250,
  active_users: 980,
  new_users_this_period: 45,
  total_sessions: 5600,
  total_messages: 42_000,
  total_tokens: 12_500_000,
  estimated_cost_usd: 187.5,
}
const daily = Array.from({ length: 32 }, (_, day) => {
  return { date: `2026-01-${String(day).padStart(2, '0')}`, users: 300 + day, messages: 1400 + day, tokens: 416_000 }
})
const lastCheck = { status: 'healthy', last_check: '2026-01-31T08:59:30Z', response_time_ms: 45 }

const everyone = Array.from({ length: 40 }, (_, at): UserInfo => {
  const id = `user_${String(at).padStart(3, '0')}`
  return {
    user_id: id,
    email: `${id}@hallym.ac.kr`,
    name: `Student ${at}`,
    role: 'user',
    status: 'active',
    created_at: '2025-09-01T00:00:00Z',
    last_login: at % 4 === 0 ? null : '2026-01-03T12:00:00Z',
    usage: { sessions: 10 + at, messages: 120 + at, tokens: 45_000 },
  }
})

/** What every contender's handler says; the work of answering is theirs. */
export const answers = {
  health(): HealthResponse {
    return { status: 'healthy', version: VERSION, timestamp: `${NOW.toISOString().slice(0, 19)}Z` }
  },
  status(id: string): StatusResponse {
    return {
      tenant_id: id,
      status: 'active',
      plan: 'premium',
      features: ['ai_chat', 'rag', 'quiz', 'report', 'calendar'],
      created_at: '2025-09-01T00:00:00Z',
      updated_at: '2026-01-03T12:00:00Z',
    }
  },
  stats(id: string, period: string): StatsResponse {
    return { tenant_id: id, period, summary, trends: { daily }, health: lastCheck }
  },
  users({ tenant_id, role, status, limit, offset }: ListUsersInput): UsersListResponse {
    const found = everyone.filter((user) => (!role || user.role === role) && (!status || user.status === status))
    return { tenant_id, total: found.length, limit, offset, users: found.slice(offset, offset + limit) }
  },
  activate({ tenant_id, tenant_name }: ActivateRequest): ActivateResponse {
    const access_url = `https://advisor.example.com/${tenant_id}`
    return { success: true, tenant_id, access_url, message: `${tenant_name} activated` }
  },
}

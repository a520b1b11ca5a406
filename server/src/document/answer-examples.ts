import type { z } from 'zod'
import type {
  BillingInfo,
  CostsResponse,
  CreateUserResponse,
  DeleteUserResponse,
  ResourcesResponse,
  SettingsResponse,
  StatsResponse,
  TopUsersResponse,
  UsageReport,
  UserInfo,
  UsersListResponse,
} from '../contract/index.ts'

interface Models {
  readonly BillingInfo: typeof BillingInfo
  readonly CostsResponse: typeof CostsResponse
  readonly CreateUserResponse: typeof CreateUserResponse
  readonly DeleteUserResponse: typeof DeleteUserResponse
  readonly ResourcesResponse: typeof ResourcesResponse
  readonly SettingsResponse: typeof SettingsResponse
  readonly StatsResponse: typeof StatsResponse
  readonly TopUsersResponse: typeof TopUsersResponse
  readonly UsageReport: typeof UsageReport
  readonly UserInfo: typeof UserInfo
  readonly UsersListResponse: typeof UsersListResponse
}

const user: z.output<typeof UserInfo> = {
  user_id: 'user_001',
  email: 'kim@hallym.ac.kr',
  name: '김한림',
  role: 'admin',
  status: 'active',
  created_at: '2025-09-01T00:00:00Z',
  last_login: '2026-01-30T08:15:00Z',
  usage: { sessions: 42, messages: 318, tokens: 128_400 },
}

/** Examples of the answers whose models in the contract carry none, by the name of the model. */
export const answerExamples: { readonly [TName in keyof Models]: z.output<Models[TName]> } = {
  StatsResponse: {
    tenant_id: 'hallym_univ',
    period: '30d',
    summary: {
      total_users: 180,
      active_users: 150,
      new_users_this_period: 12,
      total_sessions: 3_500,
      total_messages: 15_000,
      total_tokens: 500_000,
      estimated_cost_usd: 12.5,
    },
    trends: { daily: [{ date: '2026-01-30', users: 61, messages: 540, tokens: 18_200 }] },
    health: { status: 'healthy', last_check: '2026-01-31T09:00:00Z', response_time_ms: 45 },
  },
  CostsResponse: {
    tenant_id: 'hallym_univ',
    period: '30d',
    total_cost_usd: 12.5,
    by_model: [{ model: 'gpt-4o-mini', input_tokens: 400_000, output_tokens: 100_000, cost_usd: 12.5 }],
    by_user_top10: [{ user_id: 'user_001', name: '김한림', cost_usd: 3.2, tokens: 128_400 }],
    daily_trend: [{ date: '2026-01-30', cost_usd: 0.46 }],
  },
  TopUsersResponse: {
    tenant_id: 'hallym_univ',
    period: '30d',
    users: [
      {
        user_id: 'user_001',
        name: '김한림',
        email: 'kim@hallym.ac.kr',
        sessions: 42,
        messages: 318,
        tokens: 128_400,
        last_active: '2026-01-30T08:15:00Z',
      },
    ],
  },
  UserInfo: user,
  UsersListResponse: { tenant_id: 'hallym_univ', total: 1, limit: 20, offset: 0, users: [user] },
  CreateUserResponse: {
    user_id: 'user_002',
    email: 'new@hallym.ac.kr',
    name: '신규',
    role: 'user',
    status: 'active',
    created_at: '2026-01-31T09:00:00Z',
    temporary_password: true,
  },
  DeleteUserResponse: { success: true, user_id: 'user_002', message: 'User user_002 deleted' },
  ResourcesResponse: {
    tenant_id: 'hallym_univ',
    resource_type: 'course',
    total: 1,
    items: [
      {
        id: 'course_001',
        title: '인공지능 개론',
        type: 'course',
        created_by: 'user_001',
        created_at: '2025-09-01T00:00:00Z',
        updated_at: null,
        stats: { participants: 35, discussions: 12, documents: 8, messages: 540 },
      },
    ],
  },
  SettingsResponse: {
    tenant_id: 'hallym_univ',
    config: {
      max_users: 500,
      max_storage_mb: null,
      features: { rag: true, chat: true, quiz: false, api_integration: false, custom_branding: false },
      limits: {
        daily_tokens: 1_000_000,
        monthly_tokens: 20_000_000,
        max_file_size_mb: 50,
        max_users: 500,
        max_storage_mb: 10_240,
      },
      branding: { logo_url: 'https://www.hallym.ac.kr/logo.svg', primary_color: '#004b8d', custom_css: null },
    },
    subscription: { plan: 'premium', start_date: '2025-09-01', end_date: '2026-08-31', auto_renew: true },
  },
  UsageReport: {
    tenant_id: 'hallym_univ',
    service_id: 'advisor',
    period: '2026-01',
    metrics: [{ name: 'ai_tokens', value: 500_000, unit: 'tokens' }],
    total_cost: 12_500,
  },
  BillingInfo: {
    tenant_id: 'hallym_univ',
    service_id: 'advisor',
    period: '2026-01',
    items: [{ name: 'AI tokens', unit: '1,000 tokens', quantity: 500, unit_price: 25, amount: 12_500 }],
    subtotal: 12_500,
    tax: 1_250,
    total: 13_750,
    currency: 'KRW',
  },
}

import type { Plan } from './plan.ts'

/**
 * The plans there are without options. `standard` has the limits that the contract fills in for a tenant without
 * limits; `demo` is what the webhooks of the market activate for an applicant who tries a service.
 */
export const defaultPlans: readonly Plan[] = Object.freeze([
  plan('demo', {
    limits: {
      dailyTokens: 50_000,
      monthlyTokens: 500_000,
      maxFileSizeMb: 10,
      maxUsers: 20,
      maxStorageMb: 512,
    },
    features: { rag: true, chat: true },
  }),
  plan('free', {
    limits: {
      dailyTokens: 20_000,
      monthlyTokens: 200_000,
      maxFileSizeMb: 5,
      maxUsers: 10,
      maxStorageMb: 256,
    },
    features: { chat: true },
  }),
  plan('basic', {
    limits: {
      dailyTokens: 200_000,
      monthlyTokens: 4_000_000,
      maxFileSizeMb: 20,
      maxUsers: 100,
      maxStorageMb: 2_048,
    },
    features: { rag: true, chat: true },
  }),
  plan('standard', {
    limits: {
      dailyTokens: 1_000_000,
      monthlyTokens: 20_000_000,
      maxFileSizeMb: 50,
      maxUsers: 1_000,
      maxStorageMb: 10_240,
    },
    features: { rag: true, chat: true, quiz: true },
  }),
  plan('premium', {
    limits: {
      dailyTokens: 5_000_000,
      monthlyTokens: 100_000_000,
      maxFileSizeMb: 200,
      maxUsers: 10_000,
      maxStorageMb: 102_400,
    },
    features: { rag: true, chat: true, quiz: true, api_integration: true },
  }),
  plan('enterprise', {
    limits: {
      dailyTokens: 50_000_000,
      monthlyTokens: 1_000_000_000,
      maxFileSizeMb: 1_024,
      maxUsers: 100_000,
      maxStorageMb: 1_048_576,
    },
    features: { rag: true, chat: true, quiz: true, api_integration: true, custom_branding: true },
  }),
])

function plan(name: string, { limits, features }: Pick<Plan, 'limits' | 'features'>): Plan {
  const none = { rag: false, chat: false, quiz: false, api_integration: false, custom_branding: false }
  return Object.freeze({
    name,
    limits: Object.freeze(limits),
    features: Object.freeze({ ...none, ...features }),
    quotas: Object.freeze({}),
  })
}

import { UsageLimits } from '@mt-paas/server/contract'
import { describe, expect, it } from 'vitest'
import { planCatalogue } from './plan-catalogue.ts'
import { fromUsageLimits, toUsageLimits } from './usage-limits.ts'

describe('the plans', () => {
  it('are the defaults, each allowing no less than the one before', () => {
    const { plans } = planCatalogue()
    expect(plans.map(({ name }) => name)).toEqual(['demo', 'free', 'basic', 'standard', 'premium', 'enterprise'])
    const paid = plans.slice(1)
    for (const [index, plan] of paid.entries()) {
      const before = paid[index - 1] ?? plan
      for (const name of Object.keys(plan.limits) as (keyof typeof plan.limits)[]) {
        expect(plan.limits[name]).toBeGreaterThanOrEqual(before.limits[name])
      }
      expect(planCatalogue().featuresOf(plan.name)).toEqual(
        expect.arrayContaining([...planCatalogue().featuresOf(before.name)]),
      )
    }
  })

  it('have the limits of the contract where it fills them in', () => {
    const { limits } = planCatalogue().get('standard')
    expect(toUsageLimits(limits)).toEqual(UsageLimits.parse({}))
    expect(fromUsageLimits(toUsageLimits(limits))).toEqual(limits)
    expect(fromUsageLimits({ max_users: 5, daily_tokens: undefined })).toEqual({ maxUsers: 5 })
  })

  it('say what each has, and which have a feature', () => {
    const catalogue = planCatalogue()
    expect(catalogue.featuresOf('basic')).toEqual(['rag', 'chat'])
    expect(catalogue.plansWith('quiz')).toEqual(['standard', 'premium', 'enterprise'])
    expect(catalogue.plansWith('constructor')).toEqual([])
    expect(catalogue.find('constructor')).toBeUndefined()
    expect(() => catalogue.get('platinum')).toThrow('there are demo, free, basic')
    expect(catalogue.resolve('platinum').name).toBe('basic')
  })

  it('are changed and added to by options, and never by those who read them', () => {
    const catalogue = planCatalogue({
      plans: {
        free: { limits: { maxUsers: 3 }, quotas: { api_calls: { day: 10 } } },
        campus: { features: { custom_branding: true } },
      },
      fallbackPlan: 'free',
    })
    expect(catalogue.get('free')).toMatchObject({
      limits: { maxUsers: 3, maxFileSizeMb: 5 },
      quotas: { api_calls: { day: 10 } },
    })
    expect(catalogue.get('campus')).toMatchObject({
      name: 'campus',
      limits: { maxUsers: 3 },
      features: { custom_branding: true, chat: true },
    })
    expect(catalogue.resolve('platinum').name).toBe('free')
    expect(planCatalogue().get('free').limits.maxUsers).toBe(10)
    expect(() => Object.assign(catalogue.get('free').limits, { maxUsers: 9 })).toThrow(TypeError)
    expect(() => planCatalogue({ plans: { free: { limits: { maxUsers: 1.5 } } } })).toThrow('limits.maxUsers')
    expect(() => planCatalogue({ fallbackPlan: 'none' })).toThrow('No plan has this name')
  })
})

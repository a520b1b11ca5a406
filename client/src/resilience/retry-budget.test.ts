import { describe, expect, it } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'

function budgetAt(start: number, options = { ratio: 0.2, reserve: 10 }) {
  let now = start
  const budget = createRetryBudget({ ...options, now: () => new Date(now) })
  return { budget, later: (ms: number) => (now += ms) }
}

function taken(budget: ReturnType<typeof createRetryBudget>, wanted: number): number {
  let granted = 0
  for (let one = 0; one < wanted; one++) if (budget.take()) granted++
  return granted
}

describe('the retry budget', () => {
  it('grants the reserve to few calls', () => {
    const { budget } = budgetAt(0)
    budget.recordCall()
    expect(taken(budget, 100)).toBe(10)
  })

  it('grants exactly its share to many calls, the reserve included', () => {
    const { budget } = budgetAt(0)
    for (let call = 0; call < 1_000; call++) budget.recordCall()
    expect(taken(budget, 1_000)).toBe(200)
  })

  it('forgets what is older than ten seconds', () => {
    const { budget, later } = budgetAt(500)
    expect(taken(budget, 100)).toBe(10)
    later(9_000)
    expect(taken(budget, 100)).toBe(0)
    later(1_000)
    expect(taken(budget, 100)).toBe(10)
  })

  it('outlives a clock that goes back', () => {
    const { budget, later } = budgetAt(1_000_000)
    budget.recordCall()
    later(-500_000)
    expect(taken(budget, 100)).toBe(10)
  })

  it('grants nothing without reserve and calls', () => {
    expect(budgetAt(0, { ratio: 0.2, reserve: 0 }).budget.take()).toBe(false)
  })
})

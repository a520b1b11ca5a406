import { describe, expect, it } from 'vitest'
import { monthSpan, sqlDay, statsSpan } from './span.ts'

const NOW = new Date('2026-03-08T07:30:00.000Z')

function days(period: string): string[] {
  const { from, to } = statsSpan(period, NOW)
  return [sqlDay(from), sqlDay(to)]
}

describe('the span of a period', () => {
  it('is a month in UTC, to the first moment after it', () => {
    expect(monthSpan('2024-2')).toEqual({
      from: new Date('2024-02-01T00:00:00.000Z'),
      to: new Date('2024-03-01T00:00:00.000Z'),
    })
    expect(monthSpan('2024-02')).toEqual(monthSpan('2024-2'))
    expect([sqlDay(monthSpan('0001-01').from), sqlDay(monthSpan('0099-12').to)]).toEqual(['0001-01-01', '0100-01-01'])
    expect(sqlDay(monthSpan('9999-12').to)).toBe('10000-01-01')
  })

  it('of statistics ends with today', () => {
    expect(days('1d')).toEqual(['2026-03-08', '2026-03-09'])
    expect(days('7d')).toEqual(['2026-03-02', '2026-03-09'])
    expect(days('2w')).toEqual(['2026-02-23', '2026-03-09'])
    expect(days('1m')).toEqual(['2026-02-07', '2026-03-09'])
    expect(days('1y')).toEqual(['2025-03-09', '2026-03-09'])
    expect(days('2026-1')).toEqual(['2026-01-01', '2026-02-01'])
  })

  it('is thirty days for any other text, and never none or endless', () => {
    for (const period of ['', 'last month', '30D', '-1d', '2026-13', '1.5d']) expect(days(period)).toEqual(days('30d'))
    expect(days('0d')).toEqual(days('1d'))
    expect(days('999999y')).toEqual(days('3660d'))
  })
})

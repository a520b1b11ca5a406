import { describe, expect, it } from 'vitest'
import { monthSpan, statsSpan } from './span.ts'

const NOW = new Date('2026-01-31T09:00:00Z')

function days(period: string): string[] {
  const { from, to } = statsSpan(period, NOW)
  return [from.toISOString(), to.toISOString()]
}

describe('the span of statistics', () => {
  it('is whole UTC days that end with today', () => {
    expect(days('1d')).toEqual(['2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'])
    expect(days('30d')).toEqual(['2026-01-02T00:00:00.000Z', '2026-02-01T00:00:00.000Z'])
    expect(days('2w')).toEqual(['2026-01-18T00:00:00.000Z', '2026-02-01T00:00:00.000Z'])
  })

  it('may be a month', () => {
    expect(days('2025-12')).toEqual(['2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'])
  })

  it('is 30 days for any other text, and bounded', () => {
    for (const period of ['', 'all', '30', '0x1d', '2026-13', '-5d', '한달']) expect(days(period)).toEqual(days('30d'))
    expect(days('0d')).toEqual(days('1d'))
    expect(days('999999y')[0]).toBe('2016-01-25T00:00:00.000Z')
  })
})

describe('the span of a bill', () => {
  it('is the month, written with one or two digits', () => {
    expect(monthSpan('2026-1')).toEqual(monthSpan('2026-01'))
    expect(monthSpan('0001-12').to.toISOString()).toBe('0002-01-01T00:00:00.000Z')
    expect(monthSpan('9999-12').to.toISOString()).toBe('+010000-01-01T00:00:00.000Z')
  })
})

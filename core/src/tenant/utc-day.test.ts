import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextEnd } from './next-end.ts'
import { addDays, addMonths, daysInMonth, isUtcDay, utcDay } from './utc-day.ts'

const day = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2400-12-31T23:59:59Z'), noInvalidDate: true })
  .map(utcDay)

describe('days in UTC', () => {
  it('exist when the calendar has them', () => {
    for (const text of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isUtcDay(text)).toBe(true)
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-13-01',
      '0000-01-01',
      '2026-1-1',
      '',
      '2026-01-01T',
    ]) {
      expect(isUtcDay(text)).toBe(false)
    }
  })

  it('stay in the month that is counted to', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31')
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 600 }), (from, months) => {
        const to = addMonths(from, months)
        const passed = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12
        expect(passed + Number(to.slice(5, 7)) - Number(from.slice(5, 7))).toBe(months)
        expect(Number(to.slice(8))).toBe(Math.min(Number(from.slice(8)), daysInMonth(to)))
      }),
    )
  })
})

describe('the next end of a subscription', () => {
  it('is a term later and does not drift after short months', () => {
    const ends = ['2026-02-27']
    for (let term = 0; term < 4; term++) {
      ends.push(nextEnd({ startDate: '2026-01-31', endDate: ends.at(-1) ?? '', termMonths: 1 }))
    }
    expect(ends).toEqual(['2026-02-27', '2026-03-30', '2026-04-29', '2026-05-30', '2026-06-29'])
    expect(nextEnd({ startDate: '2025-03-05', endDate: '2025-12-31', termMonths: 12 })).toBe('2026-12-31')
    expect(nextEnd({ startDate: '2024-02-29', endDate: '2025-02-27', termMonths: 12 })).toBe('2026-02-27')
  })

  it('after any number of terms is the same as after one term of their length', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 12 }),
        (startDate, termMonths, terms) => {
          let endDate = addDays(addMonths(startDate, termMonths), -1)
          for (let term = 1; term < terms; term++) endDate = nextEnd({ startDate, endDate, termMonths })
          expect(endDate).toBe(addDays(addMonths(startDate, termMonths * terms), -1))
        },
      ),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { errorCodes, isPeriod, lifecycleOperations, operations } from './index.ts'

describe('the table of operations', () => {
  it('holds the 18 operations of version 2, the five of version 1 first', () => {
    expect(Object.keys(operations)).toHaveLength(18)
    expect(Object.keys(operations).slice(0, 5)).toEqual(Object.keys(lifecycleOperations))
  })

  it.each(Object.entries(operations))('%s declares every path parameter as input', (_name, { path, input }) => {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect(Object.keys(input.shape)).toEqual(expect.arrayContaining(parameters))
  })

  it.each(Object.entries(operations))('%s declares only errors that have a status', (_name, { errors }) => {
    for (const code of errors) expect(errorCodes[code].status).toBeGreaterThanOrEqual(400)
  })
})

describe('a period', () => {
  it.each(['2026-01', '2026-1', '2026-12', '0001-1', '9999-12'])('%s is a month', (text) => {
    expect(isPeriod(text)).toBe(true)
  })

  it.each(['2026-13', '2026-00', '2026-0', '26-01', '0000-01', '2026-001', ' 2026-01', '2026-01\n', '２０２６-01', ''])(
    '%j is none',
    (text) => {
      expect(isPeriod(text)).toBe(false)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { TenantCache } from './tenant-cache.ts'

interface Search {
  readonly key: string
  readonly answer: PromiseWithResolvers<string | undefined>
}

function cacheOf({ maxEntries = 10 } = {}) {
  const searches: Search[] = []
  const clock = { now: 0 }
  const cache = new TenantCache<string>({
    find: (key) => {
      const answer = Promise.withResolvers<string | undefined>()
      searches.push({ key, answer })
      return answer.promise
    },
    ttl: 60_000,
    negativeTtl: 1_000,
    maxEntries,
    now: () => clock.now,
  })
  cache.keep(true)
  const load = async (key: string, value: string | undefined) => {
    const loaded = cache.load(key)
    searches.at(-1)?.answer.resolve(value)
    return loaded
  }
  return { cache, searches, clock, load }
}

describe('a cache of tenants', () => {
  it('knows a value for its time, and that there is none for a shorter one', async () => {
    const { cache, clock, load } = cacheOf()
    expect(cache.known('a')).toBeUndefined()
    await load('a', 'A')
    await load('b', undefined)
    clock.now = 999
    expect([cache.known('a')?.value, cache.known('b')]).toEqual(['A', { value: undefined, until: 1_000 }])
    clock.now = 1_000
    expect([cache.known('a')?.value, cache.known('b')]).toEqual(['A', undefined])
    clock.now = 60_000
    expect(cache.known('a')).toBeUndefined()
  })

  it('looks once for all who ask at a time, and again after a failure', async () => {
    const { cache, searches, load } = cacheOf()
    const both = Promise.allSettled([cache.load('a'), cache.load('a')])
    searches[0]?.answer.reject(new Error('down'))
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(searches).toHaveLength(1)
    expect(await load('a', 'A')).toBe('A')
    expect(searches).toHaveLength(2)
  })

  it('does not keep what was being looked for when it changed', async () => {
    const { cache, searches } = cacheOf()
    for (const forget of [() => cache.invalidate('a'), () => cache.clear()]) {
      const before = cache.load('a')
      const stale = searches.at(-1)
      forget()
      const after = cache.load('a')
      searches.at(-1)?.answer.resolve('new')
      expect(await after).toBe('new')
      stale?.answer.resolve('old')
      expect(await before).toBe('old')
      expect(cache.known('a')?.value).toBe('new')
    }
  })

  it('keeps nothing while changes are not heard of, and nothing from before', async () => {
    const { cache, load } = cacheOf()
    await load('a', 'A')
    cache.keep(false)
    expect(cache.known('a')).toBeUndefined()
    expect(await load('a', 'A')).toBe('A')
    expect(cache.known('a')).toBeUndefined()
    cache.keep(true)
    await load('a', 'A')
    expect(cache.known('a')?.value).toBe('A')
  })

  it('forgets the oldest when it is full, and made-up keys push out no values', async () => {
    const { cache, load } = cacheOf({ maxEntries: 2 })
    for (const key of ['a', 'b', 'c']) await load(key, key)
    for (let index = 0; index < 20; index += 1) await load(`none-${index}`, undefined)
    expect([cache.known('a'), cache.known('b')?.value, cache.known('c')?.value]).toEqual([undefined, 'b', 'c'])
    expect(cache.known('none-18')).toBeDefined()
    expect(cache.known('none-17')).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { memoryCallbackQueue } from './memory-callback-queue.ts'

describe('the queue of this process', () => {
  const callback = (id: string) => ({
    ...{ id, url: 'https://a.example', attempts: [] },
    payload: { success: true, tenant_id: null, message: '', access_url: null, created_at: null },
  })

  it('works a few at once, and one that fails again later', async () => {
    const queue = memoryCallbackQueue({ concurrency: 2, retryDelay: 1 })
    let underWay = 0
    let most = 0
    const seen = new Map<string, number>()
    queue.work(async ({ id }) => {
      most = Math.max(most, ++underWay)
      seen.set(id, (seen.get(id) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 2))
      underWay--
      if (id === 'c3' && seen.get(id) === 1) throw new Error('not yet')
    })
    for (let index = 0; index < 10; index++) await queue.add(callback(`c${index}`), 0)
    await expect.poll(() => queue.size).toBe(0)
    expect(most).toBe(2)
    expect([...seen.values()].reduce((sum, count) => sum + count)).toBe(11)
  })

  it('takes one entry once, and forgets what waits when it is closed', async () => {
    const queue = memoryCallbackQueue()
    await queue.add(callback('a'), 60_000)
    await queue.add(callback('a'), 60_000)
    expect(queue.size).toBe(1)
    queue.close()
    expect(queue.size).toBe(0)
  })
})

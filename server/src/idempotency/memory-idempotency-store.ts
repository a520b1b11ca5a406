import type { IdempotencyClaim, IdempotencyStore, IdempotentRequest } from './idempotency-store.ts'

/** Options of {@link memoryIdempotencyStore}. */
export interface MemoryIdempotencyOptions {
  /** How long an answer is kept, in ms. @default 86_400_000 */
  readonly retention?: number
  /** Requests that are remembered at most; beyond it the oldest answers are forgotten. @default 10_000 */
  readonly max?: number
  /** The clock. @default the system's */
  readonly now?: () => Date
}

interface Entry {
  readonly name: string
  readonly claimId: string
  readonly bodyHash: string
  answer: string | undefined
  /** In ms since the epoch; undefined while it runs. */
  expiresAt: number | undefined
}

/** Remembers requests in this process: for services of one process whose effects end with it as well. */
export function memoryIdempotencyStore(options: MemoryIdempotencyOptions = {}): IdempotencyStore {
  const { retention = 86_400_000, max = 10_000, now = () => new Date() } = options
  const byName = new Map<string, Entry>()
  const byClaim = new Map<string, Entry>()
  let claims = 0

  function forget({ name, claimId }: Entry): void {
    byName.delete(name)
    byClaim.delete(claimId)
  }

  /** In the order in which they finished, so those to forget come first. */
  function makeRoom(): void {
    const time = now().getTime()
    for (const entry of byName.values()) {
      if (entry.expiresAt === undefined) continue
      if (entry.expiresAt > time && byName.size <= max) return
      forget(entry)
    }
  }

  return {
    async claim({ scope, key, bodyHash }: IdempotentRequest): Promise<IdempotencyClaim> {
      const name = JSON.stringify([scope, key])
      const found = byName.get(name)
      if (found && (found.expiresAt ?? Number.POSITIVE_INFINITY) > now().getTime()) {
        if (found.bodyHash !== bodyHash) return { state: 'reused' }
        return found.answer === undefined ? { state: 'running' } : { state: 'finished', answer: found.answer }
      }
      if (found) forget(found)
      const claimId = String(++claims)
      const entry: Entry = { name, claimId, bodyHash, answer: undefined, expiresAt: undefined }
      byName.set(name, entry)
      byClaim.set(claimId, entry)
      return { state: 'claimed', claimId }
    },
    async finish(claimId, answer) {
      const entry = byClaim.get(claimId)
      if (!entry) return
      entry.answer = answer
      entry.expiresAt = now().getTime() + retention
      byName.delete(entry.name)
      byName.set(entry.name, entry)
      makeRoom()
    },
    async release(claimId) {
      const entry = byClaim.get(claimId)
      if (entry) forget(entry)
    },
  }
}

import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { IdempotencyClaim, IdempotencyStore, IdempotentRequest } from '@mt-paas/server'

/** What {@link PostgresIdempotencyStore} works with. */
export interface PostgresIdempotencyOptions {
  /** A fresh entity manager of the central database. */
  readonly central: () => EntityManager
  readonly now: () => Date
  /** Makes unique ids, UUIDs. @default random ones */
  readonly newId?: () => string
  /** For how long a claim is its process's without a word of it, in ms. @default 15_000 */
  readonly lease?: number
  /** How long answers are kept, in ms. @default 86_400_000 */
  readonly retention?: number
  /** Tells its rows from those of other stores in the same table. @default '' */
  readonly prefix?: string
}

interface Row {
  readonly claim_id: string
  readonly body_hash: string
  readonly answer: string | null
  readonly lapsed: boolean
  readonly outdated: boolean
}

const DAY = 24 * 60 * 60 * 1_000
/** A row may go or be taken between looking and taking; who is that unlucky so often asks again. */
const TRIES = 5

/**
 * Remembers requests in the central database, for all processes. While a request runs, its claim is renewed; that of a
 * process that died lapses, and the request may be sent again. Answers are kept for 24 hours, or as long as asked for.
 */
export class PostgresIdempotencyStore implements IdempotencyStore {
  readonly #central: () => EntityManager
  readonly #now: () => Date
  readonly #newId: () => string
  readonly #lease: number
  readonly #retention: number
  readonly #prefix: string
  readonly #running = new Set<string>()
  #renewal: NodeJS.Timeout | undefined

  constructor(options: PostgresIdempotencyOptions) {
    const { central, now, newId = randomUUID, lease = 15_000, retention = DAY, prefix = '' } = options
    this.#central = central
    this.#now = now
    this.#newId = newId
    this.#lease = lease
    this.#retention = retention
    this.#prefix = prefix
  }

  async claim({ scope, ...rest }: IdempotentRequest): Promise<IdempotencyClaim> {
    const request = { ...rest, scope: `${this.#prefix}${scope}` }
    for (let tries = 0; tries < TRIES; tries++) {
      const inserted = await this.#insert(request)
      if (inserted) return this.#hold(inserted)
      const found = await this.#find(request)
      if (!found) continue
      if (!found.outdated && found.body_hash !== request.bodyHash) return { state: 'reused' }
      if (!found.outdated && found.answer !== null) return { state: 'finished', answer: found.answer }
      if (!found.outdated && !found.lapsed) return { state: 'running' }
      const taken = await this.#take(request, found.claim_id)
      if (taken) return this.#hold(taken)
    }
    return { state: 'running' }
  }

  async finish(claimId: string, answer: string): Promise<void> {
    this.#drop(claimId)
    await this.#central().execute('update idempotency_keys set answer = ?, finished_at = ? where claim_id = ?', [
      answer,
      this.#now(),
      claimId,
    ])
  }

  async release(claimId: string): Promise<void> {
    this.#drop(claimId)
    await this.#central().execute('delete from idempotency_keys where claim_id = ? and answer is null', [claimId])
  }

  /** Forgets what is older than it is kept. */
  async removeOutdated(): Promise<void> {
    const limit = new Date(this.#now().getTime() - this.#retention)
    // Scopes are JSON lists, so no prefix is the beginning of another's rows.
    await this.#central().execute(
      `delete from idempotency_keys
        where starts_with(scope, ?) and (finished_at <= ? or (answer is null and leased_until <= ?))`,
      [`${this.#prefix}[`, limit, limit],
    )
  }

  /** Stops renewing claims. */
  close(): void {
    clearInterval(this.#renewal)
    this.#renewal = undefined
  }

  async #insert({ scope, key, bodyHash }: IdempotentRequest): Promise<string | undefined> {
    const claimId = this.#newId()
    const rows = await this.#central().execute<object[]>(
      `insert into idempotency_keys (scope, key, body_hash, claim_id, leased_until) values (?, ?, ?, ?, ?)
        on conflict do nothing returning claim_id`,
      [scope, key, bodyHash, claimId, this.#leaseEnd()],
    )
    return rows.length > 0 ? claimId : undefined
  }

  async #find({ scope, key }: IdempotentRequest): Promise<Row | undefined> {
    const now = this.#now()
    const rows = await this.#central().execute<Row[]>(
      `select claim_id, body_hash, answer, answer is null and leased_until <= ? as lapsed,
          coalesce(finished_at <= ?, false) as outdated
        from idempotency_keys where scope = ? and key = ?`,
      [now, new Date(now.getTime() - this.#retention), scope, key],
    )
    return rows[0]
  }

  /** Of several that take what is left of another, one gets it. */
  async #take({ scope, key, bodyHash }: IdempotentRequest, before: string): Promise<string | undefined> {
    const claimId = this.#newId()
    const rows = await this.#central().execute<object[]>(
      `update idempotency_keys
        set claim_id = ?, body_hash = ?, leased_until = ?, answer = null, finished_at = null
        where scope = ? and key = ? and claim_id = ? returning claim_id`,
      [claimId, bodyHash, this.#leaseEnd(), scope, key, before],
    )
    return rows.length > 0 ? claimId : undefined
  }

  #hold(claimId: string): IdempotencyClaim {
    this.#running.add(claimId)
    this.#renewal ??= setInterval(() => this.#renew(), this.#lease / 3).unref()
    return { state: 'claimed', claimId }
  }

  #drop(claimId: string): void {
    this.#running.delete(claimId)
    if (this.#running.size === 0) this.close()
  }

  /** One that fails is tried again before the lease ends. */
  #renew(): void {
    const claims = [...this.#running]
    const places = claims.map(() => '?').join(', ')
    this.#central()
      .execute(`update idempotency_keys set leased_until = ? where claim_id in (${places})`, [
        this.#leaseEnd(),
        ...claims,
      ])
      .catch(() => undefined)
  }

  #leaseEnd(): Date {
    return new Date(this.#now().getTime() + this.#lease)
  }
}

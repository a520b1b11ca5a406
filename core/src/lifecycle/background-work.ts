import { setTimeout as delay } from 'node:timers/promises'
import type { TenantRecord } from '../central/tenant-record.ts'
import type { ActivatedTenant } from './lifecycle-options.ts'

/** An activation that may be answered before its end. */
export interface AnsweredWork {
  /** Undefined waits for the end. */
  readonly waitMs: number | undefined
  readonly activate: (onBegun: (tenant: TenantRecord) => void) => Promise<ActivatedTenant>
  /** Notes that its end is not waited for; false when it is there already. */
  readonly accept: (tenant: TenantRecord) => Promise<boolean>
}

/** Activations of this process, also those whose callers have their answer already. */
export class BackgroundWork {
  readonly #underWay = new Set<Promise<unknown>>()

  /**
   * The outcome of an activation, or `accepted` when it has begun and takes longer than `waitMs`. What goes wrong after
   * that is kept in the tenant's row.
   */
  answerWithin({ waitMs, accept, activate }: AnsweredWork): Promise<ActivatedTenant> {
    const { promise: begun, resolve } = Promise.withResolvers<TenantRecord>()
    const whole = activate(resolve)
    const settled = whole.then(noValue, noValue)
    this.#underWay.add(settled)
    void settled.then(() => this.#underWay.delete(settled))
    if (waitMs === undefined) return whole
    const accepted = begun.then(async (tenant) => {
      await delay(waitMs, undefined, { ref: false })
      return (await accept(tenant)) ? { tenant, outcome: 'accepted' as const } : whole
    })
    return Promise.race([whole, accepted])
  }

  /** Lets everything under way end. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay)
  }
}

function noValue(): void {
  // The outcome reaches whoever waits for it.
}

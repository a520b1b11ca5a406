import { OperationInProgressError, TransitionNotAllowedError } from '../error/tenant-errors.ts'
import { RepeatedPass } from '../job/repeated-pass.ts'
import type { Subscriptions } from '../tenant/subscriptions.ts'

/** What {@link SubscriptionEnds} works with. */
export interface SubscriptionEndsOptions {
  readonly subscriptions: Pick<Subscriptions, 'expireDue' | 'current'>
  /** Keeps everybody from using a tenant. */
  readonly suspend: (tenantId: string) => Promise<unknown>
  /** Time between two looks, in ms. */
  readonly interval: number
  readonly onWarning: (message: string) => void
}

/**
 * Renews the subscriptions that renew themselves and suspends the tenants of those that have ended. Any number of
 * processes may do it; what one leaves undone the next look finds again.
 */
export class SubscriptionEnds {
  readonly #options: SubscriptionEndsOptions
  readonly #pass: RepeatedPass

  constructor(options: SubscriptionEndsOptions) {
    this.#options = options
    this.#pass = new RepeatedPass({ interval: options.interval, pass: () => this.#look() })
  }

  start(): void {
    this.#pass.start()
  }

  /** One look; when one is under way, that one. Never rejects. */
  look(): Promise<void> {
    return this.#pass.run()
  }

  /** Lets the look under way end. */
  stop(): Promise<void> {
    return this.#pass.stop()
  }

  async #look(): Promise<void> {
    const { subscriptions, suspend, onWarning } = this.#options
    try {
      const { due } = await subscriptions.expireDue()
      for (const tenantId of due) {
        if (this.#pass.stopped) return
        // Renewed while others were suspended.
        if ((await subscriptions.current(tenantId)).status !== 'expired') continue
        await suspend(tenantId).catch((error: unknown) => {
          if (!isElsewhere(error)) onWarning(`Tenant ${tenantId} was not suspended at its subscription's end: ${error}`)
        })
      }
    } catch (error) {
      onWarning(`Subscriptions that have ended could not be looked for: ${error}`)
    }
  }
}

/** Another process, or another operation, has the tenant at this moment. */
function isElsewhere(error: unknown): boolean {
  return error instanceof OperationInProgressError || error instanceof TransitionNotAllowedError
}

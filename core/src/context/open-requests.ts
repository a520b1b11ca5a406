import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** Answers that are still being made or sent. */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>()

  /** Counts an answer until it is sent or its caller has left. */
  add(response: ServerResponse): void {
    if (response.destroyed || response.closed) return
    this.#open.add(response)
    response.once('close', () => this.#open.delete(response))
  }

  /** Resolves when every answer has ended, or after `deadline` ms. */
  async drain(deadline: number): Promise<void> {
    const signal = AbortSignal.timeout(deadline)
    await Promise.all([...this.#open].map((response) => once(response, 'close', { signal }).catch(() => undefined)))
  }
}

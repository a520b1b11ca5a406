import { networkOf } from './network-of.ts'

/** Options of {@link failureLimit}. */
export interface FailureLimitOptions {
  /** Refused credentials an address may send in one window. @default 600 */
  readonly max?: number | undefined
  /** Length of a window in ms, counted from the first refusal. @default 60_000 */
  readonly windowMs?: number | undefined
  /** Addresses remembered at once; the one whose window began first is forgotten. @default 10_000 */
  readonly maxAddresses?: number | undefined
  /** Time in ms; best from a clock that never goes back, such as `performance.now`. */
  readonly now: () => number
}

/**
 * Counts refused credentials by address. It is never asked about a valid credential: market and attacker may
 * come through one proxy, and whoever sends wrong keys from there must not be able to lock the market out.
 */
export interface FailureLimit {
  /**
   * Counts one refused credential; addresses of one IPv6 /64 count as one. Undefined while the address stays within the limit, afterwards the seconds
   * (a whole number, at least 1) until its window ends.
   */
  record(address: string): number | undefined
}

interface Window {
  readonly endsAt: number
  count: number
}

/**
 * Makes a limit with a fixed window per address and bounded memory.
 * @throws TypeError naming the option that does not fit
 */
export function failureLimit(options: FailureLimitOptions): FailureLimit {
  const { max = 600, windowMs = 60_000, maxAddresses = 10_000, now } = options
  assertInteger('max', max, 0)
  assertInteger('windowMs', windowMs, 1)
  assertInteger('maxAddresses', maxAddresses, 1)
  // In the order in which the windows began.
  const windows = new Map<string, Window>()

  function begin(address: string, time: number): Window {
    windows.delete(address)
    const [oldest] = windows.keys()
    if (oldest !== undefined && windows.size >= maxAddresses) windows.delete(oldest)
    const window = { endsAt: time + windowMs, count: 0 }
    windows.set(address, window)
    return window
  }

  return {
    record(address) {
      const time = Math.floor(now())
      const network = networkOf(address)
      const current = windows.get(network)
      const window = current !== undefined && time < current.endsAt ? current : begin(network, time)
      window.count += 1
      return window.count > max ? Math.max(1, Math.ceil((window.endsAt - time) / 1000)) : undefined
    },
  }
}

function assertInteger(option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new TypeError(`${option} must be a whole number of at least ${least}`)
}

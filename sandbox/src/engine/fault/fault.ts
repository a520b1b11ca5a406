/** What is wrong with an attempt on purpose. */
export interface Fault {
  /** The key: one that nobody has, or the one that takes over next. @default the right one */
  readonly key?: 'wrong' | 'next'
  /** The signature. @default right, where deliveries are signed */
  readonly signature?: 'wrong' | 'stale' | 'missing'
  /**
   * The way: never sent, answer thrown away, connection cut half-way through the body, or bytes that trickle. The last
   * two are for services on this machine over http. @default none
   */
  readonly transport?: 'drop' | 'lose-answer' | 'cut' | 'slow'
  /** How often the attempt is sent at once. @default 1 */
  readonly copies?: number
}

/** A fault in a few words for the log, null when there is none. */
export function faultName({ key, signature, transport, copies = 1 }: Fault): string | null {
  const parts = [
    key && `key:${key}`,
    signature && `signature:${signature}`,
    transport && `transport:${transport}`,
    copies > 1 && `copies:${copies}`,
  ]
  return parts.filter(Boolean).join(' ') || null
}

/** What does not change while a procedure runs. */
export interface ProcedureIdentity {
  readonly type: string
  readonly path: string
  readonly meta: unknown
}

/** What a middleware may change for those after it. */
export interface ChainState {
  readonly ctx: unknown
  readonly input: unknown
  /** The input before it is checked, at once where it is known. */
  readonly rawInput: () => unknown
  readonly signal: () => AbortSignal
  /** Position of the call in its batch. */
  readonly batchIndex: number
}

/** What `next` takes. */
export interface ChainChanges {
  readonly ctx?: object
  readonly input?: unknown
  readonly getRawInput?: () => Promise<unknown>
}

/** Goes on with the chain. */
export type Next<TResult> = (changes?: ChainChanges) => Promise<TResult>

/**
 * What tRPC hands to a middleware or resolver. It is a class because an accessor in an object literal costs more
 * than all the rest of a call.
 */
export class MiddlewareOptions<TResult> {
  readonly ctx: unknown
  readonly type: string
  readonly path: string
  readonly meta: unknown
  readonly input: unknown
  readonly batchIndex: number
  readonly next: Next<TResult>
  readonly #rawInput: () => unknown
  readonly #signal: () => AbortSignal

  constructor(
    { type, path, meta }: ProcedureIdentity,
    { ctx, input, rawInput, signal, batchIndex }: ChainState,
    next: Next<TResult>,
  ) {
    this.ctx = ctx
    this.type = type
    this.path = path
    this.meta = meta
    this.input = input
    this.batchIndex = batchIndex
    this.next = next
    this.#rawInput = rawInput
    this.#signal = signal
  }

  get getRawInput(): () => Promise<unknown> {
    const rawInput = this.#rawInput
    return async () => rawInput()
  }

  /** Made for the first who asks. */
  get signal(): AbortSignal {
    return this.#signal()
  }
}

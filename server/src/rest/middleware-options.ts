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
  readonly getRawInput: () => Promise<unknown>
  readonly signal: () => AbortSignal
  /** Position of the call in its batch. */
  readonly batchIndex: number
}

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
  readonly getRawInput: () => Promise<unknown>
  readonly batchIndex: number
  readonly next: (changes?: Partial<ChainState>) => Promise<TResult>
  readonly #signal: () => AbortSignal

  constructor(
    { type, path, meta }: ProcedureIdentity,
    { ctx, input, getRawInput, signal, batchIndex }: ChainState,
    next: (changes?: Partial<ChainState>) => Promise<TResult>,
  ) {
    this.ctx = ctx
    this.type = type
    this.path = path
    this.meta = meta
    this.input = input
    this.getRawInput = getRawInput
    this.batchIndex = batchIndex
    this.next = next
    this.#signal = signal
  }

  /** Made for the first who asks. */
  get signal(): AbortSignal {
    return this.#signal()
  }
}

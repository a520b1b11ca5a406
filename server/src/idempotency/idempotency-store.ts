/** One request that a caller gave a key. */
export interface IdempotentRequest {
  /** Who asks for what: credential, procedure, tenant. A key means nothing outside of it. */
  readonly scope: string
  /** 1 to 255 characters of printable ASCII. */
  readonly key: string
  /** Digest of the input; the same key for another input is a mistake. */
  readonly bodyHash: string
}

/** What became of a request's claim. */
export type IdempotencyClaim =
  /** The caller is to run the request, and to finish or release the claim by its id. */
  | { readonly state: 'claimed'; readonly claimId: string }
  /** It ran before. */
  | { readonly state: 'finished'; readonly answer: string }
  /** It runs now. */
  | { readonly state: 'running' }
  /** The key was used for another input. */
  | { readonly state: 'reused' }

/**
 * Remembers which requests ran and what they were answered, so that a request that is sent again has no effect again.
 * A claim whose process died is free again after a while; answers are kept for a day.
 */
export interface IdempotencyStore {
  /** Claims a request; of many at once, one gets it. */
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>
  /** Keeps the answer of a claimed request. */
  finish(claimId: string, answer: string): Promise<void>
  /** Forgets a claimed request: it may be sent again. */
  release(claimId: string): Promise<void>
}

/** Which call an error belongs to. */
export interface CallIdentity {
  /** Name of the operation, such as `listUsers`. */
  readonly operation: string
  /** Null for a link that is used without a client. */
  readonly serviceId: string | null
  /** Sent as `X-Request-Id`, so both sides can find the call in their logs. */
  readonly requestId: string
  /** Requests made so far for this call, this one included; 0 when nothing was sent. */
  readonly attempts: number
}

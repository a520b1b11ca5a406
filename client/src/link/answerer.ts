import type { Operation } from '@trpc/client'
import type { EndSignal } from '../http/end-signal.ts'

/** A call on its way to a service: an operation of tRPC, whose signal need not be more than is read of it. */
export interface OutgoingCall extends Omit<Operation, 'signal'> {
  readonly signal?: EndSignal | null | undefined
}

/** Answers one call with its data, or rejects with a `ServiceError`; the call's signal ends it. */
export type Answerer = (op: OutgoingCall) => Promise<unknown>

import type { Operation } from '@trpc/client'

/** Answers one operation with its data, or rejects with a `ServiceError`; the operation's signal ends it. */
export type Answerer = (op: Operation) => Promise<unknown>

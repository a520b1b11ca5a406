import type { OperationName, Operations, StandardRouter } from '@mt-paas/server/contract'
import type { TRPCClient } from '@trpc/client'
import type { z } from 'zod'

/** What every call can be told. */
export interface CallOptions {
  /** Gives the call up. @default none */
  readonly signal?: AbortSignal
  /** Deadline of the call with its retries, ms. @default the service's `timeout` */
  readonly timeout?: number
  /** Key of a mutation; the same key again has no second effect. @default a new one for each call */
  readonly idempotencyKey?: string
  /** Sent as `X-Request-Id`. @default a new one for each call */
  readonly requestId?: string
}

type Procedure<TName extends OperationName> = TRPCClient<StandardRouter>[TName]
type Resolver<TName extends OperationName> =
  Procedure<TName> extends { readonly query: infer $Query }
    ? $Query
    : Procedure<TName> extends { readonly mutate: infer $Mutate }
      ? $Mutate
      : never

/** Input of an operation; members with defaults may be left out. */
export type CallInput<TName extends OperationName> = z.input<Operations[TName]['input']>

/** What a call resolves to, tagged with its errors for `safe()`. */
export type CallResult<TName extends OperationName> =
  Resolver<TName> extends (...args: never) => infer $Result ? $Result : never

/** The function behind an operation. */
export type Call<TName extends OperationName> = (input: CallInput<TName>, options?: CallOptions) => CallResult<TName>

/** An operation of a service: a function, and under tRPC's name `query` or `mutate` the same function again. */
export type ServiceCall<TName extends OperationName> = Call<TName> &
  (Operations[TName]['type'] extends 'query' ? { readonly query: Call<TName> } : { readonly mutate: Call<TName> })

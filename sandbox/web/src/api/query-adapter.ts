import { type QueryKey, queryOptions, type UseMutationOptions, type UseQueryOptions } from '@tanstack/react-query'
import type { TRPCUntypedClient } from '@trpc/client'
import type {
  AnyMutationProcedure,
  AnyQueryProcedure,
  AnyRouter,
  inferRouterInputs,
  inferRouterOutputs,
} from '@trpc/server'

/** A query of the router, in the words of TanStack Query. */
export interface QueryProcedure<TInput, TOutput> {
  /** Options for `useQuery`. */
  query(...input: Given<TInput>): UseQueryOptions<TOutput, Error, TOutput, QueryKey>
  /** Key of all inputs, for invalidation. */
  key(): QueryKey
  /** Asks without keeping. */
  fetch(...input: Given<TInput>): Promise<TOutput>
}

/** A mutation of the router, in the words of TanStack Query. */
export interface MutationProcedure<TInput, TOutput> {
  /** Options for `useMutation`. */
  mutation(): UseMutationOptions<TOutput, Error, TInput extends undefined ? void : TInput>
  /** Calls it. */
  mutate(...input: Given<TInput>): Promise<TOutput>
}

type Given<TInput> = undefined extends TInput ? [input?: TInput] : [input: TInput]

type AdaptedRecord<TRecord, TInputs, TOutputs> = {
  readonly [TName in keyof TRecord & keyof TInputs & keyof TOutputs]: TRecord[TName] extends AnyQueryProcedure
    ? QueryProcedure<TInputs[TName], TOutputs[TName]>
    : TRecord[TName] extends AnyMutationProcedure
      ? MutationProcedure<TInputs[TName], TOutputs[TName]>
      : AdaptedRecord<TRecord[TName], TInputs[TName], TOutputs[TName]>
}

/** Every query and mutation of a router, in the words of TanStack Query. */
export type QueryAdapter<TRouter extends AnyRouter> = AdaptedRecord<
  TRouter['_def']['record'],
  inferRouterInputs<TRouter>,
  inferRouterOutputs<TRouter>
>

/** Puts TanStack Query's words on a tRPC client; keys are the procedure's path and its input. */
export function createQueryAdapter<TRouter extends AnyRouter>(
  client: TRPCUntypedClient<TRouter>,
): QueryAdapter<TRouter> {
  return adapted(client, []) as QueryAdapter<TRouter>
}

function adapted<TRouter extends AnyRouter>(client: TRPCUntypedClient<TRouter>, path: readonly string[]): unknown {
  const name = path.join('.')
  const procedure: Readonly<Record<string, unknown>> = {
    key: () => path,
    query: (input?: unknown) =>
      queryOptions({
        queryKey: [...path, ...(input === undefined ? [] : [input])],
        queryFn: ({ signal }) => client.query(name, input, { signal }),
      }),
    fetch: (input?: unknown) => client.query(name, input),
    mutation: () => ({ mutationKey: path, mutationFn: (input: unknown) => client.mutation(name, input) }),
    mutate: (input?: unknown) => client.mutation(name, input),
  }
  return new Proxy(procedure, {
    get: (known, member) => {
      if (typeof member !== 'string') return undefined
      return path.length > 1 && Object.hasOwn(known, member) ? known[member] : adapted(client, [...path, member])
    },
  })
}

import {
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client'
import { createContext, useContext } from 'react'
import { createQueryAdapter, type QueryAdapter } from './query-adapter.ts'
import type { PageRouter } from './router.ts'

const URL_OF_API = '/console/trpc'

/** The server, in the words of TanStack Query; `events` are the subscriptions. */
export interface PageApi {
  readonly queries: QueryAdapter<PageRouter>
  readonly client: TRPCClient<PageRouter>
}

/** Opens the connection to the server that the page came from. */
export function openPageApi(): PageApi {
  const links = [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink<PageRouter, typeof EventSource>({ url: URL_OF_API }),
      false: splitLink({
        // What takes long must not hold up what is quick.
        condition: ({ type }) => type === 'mutation',
        true: httpLink<PageRouter>({ url: URL_OF_API }),
        false: httpBatchLink<PageRouter>({ url: URL_OF_API, maxURLLength: 4_000 }),
      }),
    }),
  ]
  return {
    queries: createQueryAdapter(createTRPCUntypedClient<PageRouter>({ links })),
    client: createTRPCClient<PageRouter>({ links }),
  }
}

/** The server; the application provides it. */
export const ApiContext = createContext<PageApi | null>(null)

/** Queries and mutations of the server. */
export function useApi(): QueryAdapter<PageRouter> {
  return usePageApi().queries
}

/** The server with its subscriptions. */
export function usePageApi(): PageApi {
  const api = useContext(ApiContext)
  if (!api) throw new Error('No server around this component')
  return api
}

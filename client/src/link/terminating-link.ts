import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { Answerer } from './answerer.ts'

/** A terminating link of tRPC made of an answerer. */
export function terminatingLink<TRouter extends AnyTRPCRouter>(answer: Answerer): TRPCLink<TRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        answer(op).then(
          (data) => {
            observer.next({ result: { type: 'data', data } })
            observer.complete()
          },
          (error) => observer.error(error),
        )
      })
}

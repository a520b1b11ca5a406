import { isTRPCClientError } from '@trpc/client'
import { z } from 'zod'
import { refusalText } from '../../../src/text/refusal-text.ts'

const Named = z.object({ error: z.string() })

/** What an error says to people, in the language that the page is in; `offline` when there was no answer at all. */
export function errorMessage(error: unknown, offline: string): string {
  if (!(error instanceof Error)) return String(error)
  if (!isTRPCClientError(error)) return error.message
  if (!error.data && error.cause instanceof TypeError) return offline
  return toldInPlace({ error: Named.safeParse(error.data).data?.error, message: error.message })
}

/** What the market says, in the language that the page is in. */
export function toldInPlace(refusal: Parameters<typeof refusalText>[0]): string {
  return refusalText(refusal, document.documentElement.lang === 'ko' ? 'ko' : 'en')
}

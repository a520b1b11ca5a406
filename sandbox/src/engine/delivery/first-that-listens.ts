import { GuardedFetchError } from '@mt-paas/server'

/**
 * Sends to the first address where someone listens: `localhost` has two, and many a service is on one of them only.
 * @throws what the last address tried threw
 */
export async function firstThatListens<TAnswer>(
  addresses: readonly string[],
  send: (address: string) => Promise<TAnswer>,
): Promise<TAnswer> {
  const [first = '', ...others] = addresses
  try {
    return await send(first)
  } catch (error) {
    if (others.length === 0 || codeOfFailure(error) !== 'ECONNREFUSED') throw error
    return firstThatListens(others, send)
  }
}

function codeOfFailure(error: unknown): unknown {
  const cause = error instanceof GuardedFetchError ? error.cause : error
  return cause instanceof Error && 'code' in cause ? cause.code : undefined
}

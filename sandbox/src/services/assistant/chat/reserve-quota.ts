import type { MultiTenant } from '@mt-paas/core'
import { QuotaExceededError } from '@mt-paas/server'
import type { TokenUse } from './chat-model.ts'

/** A part of a tenant's quota that is held for one answer. */
export interface QuotaReservation {
  /** Gives back what the answer has not taken; undefined is no answer at all. */
  settle(taken: TokenUse | undefined): Promise<void>
}

/**
 * Holds quota for an answer, so that many at once do not pass the limit.
 * @throws QuotaExceededError, and then holds nothing
 */
export async function reserveQuota(
  { quota }: Pick<MultiTenant, 'quota'>,
  tenantId: string,
  most: TokenUse,
): Promise<QuotaReservation> {
  const held = sumOf(most)
  const call = { tenantId, metric: 'api_calls' }
  const tokens = (quantity: number) => ({ tenantId, metric: 'ai_tokens', quantity })
  await quota.consume(call)
  try {
    await quota.consume(tokens(held))
  } catch (error) {
    await quota.release(call)
    throw error
  }
  return {
    async settle(taken) {
      if (!taken) await quota.release(call)
      const rest = held - (taken ? sumOf(taken) : 0)
      if (rest > 0) await quota.release(tokens(rest))
      if (rest < 0) await quota.consume(tokens(-rest)).catch(ignoreExceeded)
    },
  }
}

function sumOf({ inputTokens, outputTokens }: TokenUse): number {
  return inputTokens + outputTokens
}

/** The model has taken more than it was expected to, and the answer is there; the next question is refused. */
function ignoreExceeded(error: unknown): void {
  if (!(error instanceof QuotaExceededError)) throw error
}

import type { CheckContext } from '../check-context.ts'
import { type Exchange, memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'

/** The tenant that an application was answered with. */
export function tenantOf(exchange: Exchange): unknown {
  return memberAt(exchange.json, 'tenant_id')
}

/** Sends two applications, one after the other: the tenant of the first, and what the second was answered with. */
export async function applyTwice(ctx: CheckContext, [first, second]: readonly [Members, Members]) {
  const one = await ctx.webhook(first)
  const exchange = await ctx.webhook(second)
  return { expected: tenantOf(one), exchange }
}

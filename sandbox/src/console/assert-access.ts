import { StandardApiError } from '@mt-paas/server'
import { z } from 'zod'
import type { Caller, ConsoleAccess } from './caller.ts'
import type { ConsoleContext } from './console-procedure.ts'

/** A call whose caller is looked at. */
export interface AccessQuestion {
  readonly access: ConsoleAccess
  readonly caller: Caller
  readonly ctx: ConsoleContext
  readonly getRawInput: () => Promise<unknown>
}

/** What names a tenant in an input; everything beside it is for the procedure to judge. */
const NamedTenant = z.object({ service: z.string(), tenant_id: z.string() })

/** @throws StandardApiError 401 for nobody, 403 for somebody else */
export async function assertAccess({ access, caller, ctx, getRawInput }: AccessQuestion): Promise<void> {
  if (access === 'public' || caller.kind === 'operator') return
  if (caller.kind === 'anonymous') throw StandardApiError.unauthorized()
  if (access === 'signed-in') return
  if (caller.mustChangePassword || access === 'operator') throw StandardApiError.forbidden()
  const named = NamedTenant.safeParse(await getRawInput())
  if (!named.success || !(await ctx.market.isTenantOf(caller.accountId, named.data))) throw StandardApiError.forbidden()
}

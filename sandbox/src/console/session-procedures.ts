import { StandardApiError } from '@mt-paas/server'
import { z } from 'zod'
import type { Caller } from './caller.ts'
import { at, type ConsoleContext, procedure } from './console-procedure.ts'
import { clearSession, setSession } from './session-cookie.ts'

const Password = z.string().min(1).max(1_024)
const NewPassword = z.string().min(10).max(1_024)

/** Who is logged in, and how one gets in and out. */
export const sessionProcedures = {
  me: procedure.meta({ access: 'public' }).query(({ ctx }) => meView(ctx, ctx.caller)),
  exchangeToken: procedure
    .meta({ access: 'public' })
    .input(z.strictObject({ token: z.string().max(200) }))
    .mutation(async ({ ctx, input }) => {
      const session = await ctx.sessions.exchange(input.token)
      if (session === null) throw StandardApiError.unauthorized()
      setSession(ctx.koa, session)
      return meView(ctx, { kind: 'operator' })
    }),
  login: procedure
    .meta({ access: 'public' })
    .input(z.strictObject({ email: z.string().min(1).max(320), password: Password }))
    .mutation(async ({ ctx, input }) => {
      const { sessionVersion, ...admin } = await ctx.market.accounts.login(input.email, input.password)
      setSession(ctx.koa, await ctx.sessions.ofAccount({ ...admin, sessionVersion }))
      return meView(ctx, { kind: 'tenant_admin', ...admin })
    }),
  changePassword: procedure
    .meta({ access: 'signed-in' })
    .input(z.strictObject({ current_password: Password, new_password: NewPassword }))
    .mutation(async ({ ctx, input }) => {
      if (ctx.caller.kind !== 'tenant_admin') throw StandardApiError.forbidden()
      const { accountId: id } = ctx.caller
      const change = { id, current: input.current_password, next: input.new_password }
      const { sessionVersion, ...admin } = await ctx.market.accounts.changePassword(change)
      setSession(ctx.koa, await ctx.sessions.ofAccount({ ...admin, sessionVersion }))
      return meView(ctx, { kind: 'tenant_admin', ...admin })
    }),
  logout: procedure.meta({ access: 'public' }).mutation(({ ctx }) => {
    clearSession(ctx.koa)
    return { success: true }
  }),
  /** An address that logs the operator in, once. */
  openAddress: at('POST', '/session/address').mutation(({ ctx }) => ({ url: ctx.consoleAddress() })),
}

/** What the page needs to know of who looks at it. */
async function meView(ctx: Pick<ConsoleContext, 'market' | 'engine'>, caller: Caller) {
  if (caller.kind !== 'tenant_admin') {
    // Whoever asks for anything after this, and for events after this one, misses nothing.
    const last = caller.kind === 'operator' ? String(await ctx.engine.events.newest()) : null
    return {
      role: caller.kind,
      email: null,
      name: null,
      must_change_password: false,
      tenants: [],
      last_event_id: last,
    }
  }
  const { accountId, email, name, mustChangePassword } = caller
  const tenants = mustChangePassword ? [] : await ctx.market.tenantsOf(accountId)
  return { role: caller.kind, email, name, must_change_password: mustChangePassword, tenants, last_event_id: null }
}

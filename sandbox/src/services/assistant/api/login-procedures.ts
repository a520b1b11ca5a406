import { assertStorable } from '@mt-paas/core'
import { UserNotFoundError } from '@mt-paas/server'
import { z } from 'zod'
import { user } from '../entity/index.ts'
import { wireTime } from '../procedure/wire-time.ts'
import { type AssistantContext, administratorAt, at, memberAt } from './assistant-procedure.ts'

const Email = z.string().min(1).max(320)
const LoginInput = z.object({ tenant_id: z.string().min(1).max(100), email: Email, password: z.string().max(1_000) })
const NewPassword = z.string().min(8).max(1_000)

/** How people of a tenant get in. */
export const loginProcedures = {
  login: at('POST', '/auth/login')
    .input(LoginInput)
    .mutation(({ ctx, input }) => loginOf(ctx, input, false)),
  adminLogin: at('POST', '/admin/login')
    .input(LoginInput)
    .mutation(({ ctx, input }) => loginOf(ctx, input, true)),
  me: memberAt('GET', '/me').query(async ({ ctx: { member, parts } }) => {
    const { tenantId, userId, em } = member
    const found = await em.findOne(user, { id: userId })
    if (!found) throw new UserNotFoundError(userId)
    const { id: user_id, email, name, role, createdAt, lastLogin } = found
    const tenant = await parts.mt.tenants.get(tenantId)
    return {
      user: {
        user_id,
        email,
        name,
        role,
        created_at: wireTime(createdAt),
        last_login: lastLogin && wireTime(lastLogin),
      },
      tenant: { tenant_id: tenantId, tenant_name: tenant.name },
    }
  }),
  invite: administratorAt('POST', '/admin/invitations', 201)
    .input(z.object({ email: Email }))
    .mutation(async ({ ctx: { member, parts }, input }) => {
      const { email, url, expiresAt } = await parts.invitations.invite(member.tenantId, input.email)
      return { email, url, expires_at: wireTime(expiresAt) }
    }),
  choosePassword: at('POST', '/auth/password')
    .input(z.object({ invitation: z.string().min(1).max(4_000), password: NewPassword }))
    .mutation(async ({ ctx: { parts, text }, input }) => {
      await parts.invitations.accept(input.invitation, input.password, text.refusals)
      return { success: true }
    }),
}

async function loginOf(
  { parts, exchange, text }: AssistantContext,
  input: z.output<typeof LoginInput>,
  administrator: boolean,
) {
  assertStorable(input)
  const { tenant_id, ...credentials } = input
  const attempt = { ...credentials, tenantId: tenant_id, administrator, address: exchange.koa.ip }
  const found = await parts.logins.login({ ...attempt, text: text.refusals })
  const { token, expiresIn } = await parts.tokens.issue(tenant_id, found)
  const { id: user_id, email, name, role } = found
  return { success: true, token, token_type: 'Bearer', expires_in: expiresIn, user: { user_id, email, name, role } }
}

import { canonicalEmail, type EntityManager, UniqueConstraintViolationException } from '@mt-paas/core'
import { QuotaExceededError, type StandardHandler, UserExistsError, UserNotFoundError } from '@mt-paas/server'
import { TenantConfig, type UserInfo } from '@mt-paas/server/contract'
import { type AssistantParts, openTenant } from '../assistant-parts.ts'
import { type User, user } from '../entity/index.ts'
import { hashPassword } from '../login/password-hash.ts'
import { wireTime } from './wire-time.ts'

type UserProcedures = Pick<StandardHandler, 'listUsers' | 'createUser' | 'getUser' | 'updateUser' | 'deleteUser'>

/** The tenant's users. */
export function userProcedures(parts: AssistantParts): UserProcedures {
  return {
    async listUsers({ input }) {
      const em = await openTenant(parts, input)
      const { tenant_id, role, status, search, limit, offset } = input
      const where = {
        ...(role && { role }),
        ...(status && { status }),
        ...(search && { $or: [{ name: { $ilike: containing(search) } }, { email: { $ilike: containing(search) } }] }),
      }
      const order = { orderBy: { createdAt: 'asc', id: 'asc' } } as const
      const [found, total] = await em.findAndCount(user, where, { ...order, limit, offset: Math.min(offset, MOST) })
      return { tenant_id, total, limit, offset, users: await describe(em, found) }
    },

    async createUser({ input }) {
      const em = await openTenant(parts, input)
      const { email, name, role, password } = input
      const limit = await userLimit(parts, input.tenant_id)
      const created = await addUser(em, limit, {
        id: `user_${parts.newId()}`,
        email,
        emailKey: canonicalEmail(email),
        name,
        role,
        status: 'active',
        passwordHash: password === null ? null : await hashPassword(password, parts.passwordCost),
        createdAt: parts.now(),
        lastLogin: null,
      })
      const { status } = created
      const created_at = wireTime(created.createdAt)
      return { user_id: created.id, email, name, role, status, created_at, temporary_password: password === null }
    },

    async getUser({ input }) {
      const em = await openTenant(parts, input)
      return describeOne(em, await findUser(em, input.user_id))
    },

    async updateUser({ input }) {
      const em = await openTenant(parts, input)
      const found = await findUser(em, input.user_id)
      found.name = input.name ?? found.name
      found.role = input.role ?? found.role
      found.status = input.status ?? found.status
      await em.flush()
      return describeOne(em, found)
    },

    async deleteUser({ input }) {
      const em = await openTenant(parts, input)
      const { user_id } = input
      await em.remove(await findUser(em, user_id)).flush()
      return { success: true, user_id, message: `User ${user_id} deleted` }
    },
  }
}

/** Largest offset that PostgreSQL reads. */
const MOST = Number.MAX_SAFE_INTEGER

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

async function findUser(em: EntityManager, id: string): Promise<User> {
  const found = await em.findOne(user, { id })
  if (!found) throw new UserNotFoundError(id)
  return found
}

/** What the market has agreed on for this tenant, or else what its subscription says. */
async function userLimit({ mt }: AssistantParts, tenantId: string): Promise<number> {
  const { config } = await mt.tenants.get(tenantId)
  const agreed = TenantConfig.pick({ max_users: true }).safeParse(config)
  const own = agreed.success ? agreed.data.max_users : null
  return own ?? (await mt.quota.entitlement(tenantId)).limits.maxUsers
}

/** Who adds users waits for the others who do, so that they cannot pass the limit together. */
async function addUser(em: EntityManager, limit: number, values: User): Promise<User> {
  try {
    return await em.transactional(async (transaction) => {
      await transaction.execute(`select pg_advisory_xact_lock(hashtext('users'))`)
      if (await transaction.count(user, { emailKey: values.emailKey })) throw new UserExistsError(values.email)
      if ((await transaction.count(user)) >= limit) throw new QuotaExceededError('users', limit)
      return transaction.create(user, values)
    })
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new UserExistsError(values.email)
    throw error
  }
}

async function describeOne(em: EntityManager, found: User): Promise<UserInfo> {
  const [info] = await describe(em, [found])
  if (!info) throw new UserNotFoundError(found.id)
  return info
}

async function describe(em: EntityManager, users: readonly User[]): Promise<UserInfo[]> {
  const usage = await usageByUser(
    em,
    users.map(({ id }) => id),
  )
  return users.map(({ id, email, name, role, status, createdAt, lastLogin }) => ({
    user_id: id,
    email,
    name,
    role,
    status,
    created_at: wireTime(createdAt),
    last_login: lastLogin ? wireTime(lastLogin) : null,
    usage: usage.get(id) ?? { sessions: 0, messages: 0, tokens: 0 },
  }))
}

async function usageByUser(em: EntityManager, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, NonNullable<UserInfo['usage']>>()
  const rows = await em.execute<{ id: string; sessions: string; messages: string; tokens: string }[]>(
    `select u.id, (select count(*) from sessions s where s.user_id = u.id) as sessions,
      (select count(*) from messages m where m.user_id = u.id) as messages,
      (select coalesce(sum(m.input_tokens + m.output_tokens), 0) from messages m where m.user_id = u.id) as tokens
    from users u where u.id in (?)`,
    [[...ids]],
  )
  return new Map(
    rows.map(({ id, sessions, messages, tokens }) => [
      id,
      { sessions: Number(sessions), messages: Number(messages), tokens: Number(tokens) },
    ]),
  )
}

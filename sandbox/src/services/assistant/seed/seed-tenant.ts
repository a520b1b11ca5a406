import type { EntityManager, MultiTenant } from '@mt-paas/core'
import { seededRandom } from '../../../conformance/seeded-random.ts'
import type { AssistantDefinition } from '../assistant-definition.ts'
import { insertDocuments } from '../document/insert-documents.ts'
import { hashPassword } from '../login/password-hash.ts'
import { meterUsage } from '../usage/meter-usage.ts'
import { recordStorage } from '../usage/record-storage.ts'
import { insertActivity, insertUsers } from './insert-seed.ts'
import { seedActivity } from './seed-activity.ts'
import { seedDocuments } from './seed-documents.ts'
import { seedUsers } from './seed-users.ts'

/** A service whose tenant is filled; a running sample service is one. */
export interface SeededService {
  readonly definition: AssistantDefinition
  readonly multiTenant: Pick<MultiTenant, 'tenants' | 'quota' | 'usage'>
}

/** How {@link seedTenant} fills a tenant. */
export interface SeedOptions {
  /** The same seed at the same time gives the same rows. @default the id of the tenant */
  readonly seed?: string
  /** @default the system's clock */
  readonly now?: () => Date
  /** Days of use, that of `now` included, 1 to 366. @default 30 */
  readonly days?: number
  /** Most people besides those who are there; the plan may allow fewer. @default 24 */
  readonly users?: number
  /** Password of the people who are added, and of the tenant's contact when it has none. @default nobody can log in */
  readonly password?: string
}

/** What a tenant was given; all zeros when it had been filled before. */
export interface SeedReport {
  readonly tenantId: string
  readonly users: number
  readonly documents: number
  readonly sessions: number
  readonly messages: number
}

const DAY = 86_400_000

/**
 * Gives a tenant some weeks of plausible use: people, documents, conversations and their usage. A tenant that was
 * filled is left as it is, but for usage that a crash has kept from being recorded.
 * @throws TenantNotFoundError, the error of the tenant's state
 */
export async function seedTenant(
  { definition, multiTenant }: SeededService,
  tenantId: string,
  options: SeedOptions = {},
): Promise<SeedReport> {
  const { now = () => new Date(), days = 30, users: most = 24, seed = tenantId, password } = options
  const { tenants, quota, usage } = multiTenant
  const tenant = await tenants.get(tenantId)
  const em = await tenants.entityManager(tenantId)
  const { limits } = await quota.entitlement(tenantId)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  const end = now()
  const spanOfDays = Array.from({ length: clamp(days, 1, 366) }, (_, back) => new Date(end.getTime() - back * DAY))

  const report = await em.transactional(async (transaction) => {
    await transaction.execute(`select pg_advisory_xact_lock(hashtext('seed'))`)
    if (await isSeeded(transaction)) return { users: 0, documents: 0, sessions: 0, messages: 0 }
    const random = seededRandom(`${definition.name} ${seed}`)
    const [there] = await transaction.execute<{ users: string; admin: string | null }[]>(
      `select count(*) as users, min(id) filter (where role = 'admin') as admin from users`,
    )
    if (passwordHash !== null) {
      const contact = [passwordHash, tenant.contactEmail]
      await transaction.execute('update users set password_hash = ? where email = ? and password_hash is null', contact)
    }
    const people = seedUsers(random, {
      count: clamp(limits.maxUsers - Number(there?.users ?? 0), 0, most),
      domain: tenant.contactEmail.split('@')[1] ?? 'example.com',
      days: spanOfDays,
      passwordHash,
    })
    const added = await insertUsers(transaction, people)
    const documents = seedDocuments(definition.samples, { days: spanOfDays, createdBy: there?.admin ?? null })
    await insertDocuments(transaction, documents)
    const activity = seedActivity(random, { definition, people: added, days: spanOfDays, end, limits })
    await insertActivity(transaction, activity)
    const { sessions, messages } = activity
    return {
      users: added.length,
      documents: documents.length,
      sessions: sessions.length,
      messages: messages.length,
    }
  })
  await meterUsage(em.fork(), { usage, tenantId, now: () => end })
  if (report.documents > 0) await recordStorage(em.fork(), { usage, tenantId }, spanOfDays)
  return { tenantId, ...report }
}

async function isSeeded(em: EntityManager): Promise<boolean> {
  const [found] = await em.execute<{ seeded: boolean }[]>(
    `select exists (select 1 from users where id like 'seed\\_%') or
      exists (select 1 from documents where id like 'seed\\_%') as seeded`,
  )
  return found?.seeded ?? false
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(Math.floor(value), most))
}

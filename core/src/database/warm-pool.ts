import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerRegistry } from '../server/server-registry.ts'
import { onServer, type TenantServer } from '../server/tenant-server.ts'
import { withAdminSession } from './admin-session.ts'
import type { DatabaseRegistry } from './database-registry.ts'
import type { DatabaseMaker } from './make-database.ts'
import { randomPassword } from './scram-verifier.ts'
import { isDatabaseGone } from './sql-state.ts'
import type { TemplateDatabases } from './template-database.ts'

/** What {@link WarmPool} works with. */
export interface WarmPoolOptions {
  /** Connection string of the central database, where the lock is. */
  readonly centralUrl: string
  readonly servers: ServerRegistry
  readonly registry: DatabaseRegistry
  readonly templates: TemplateDatabases
  readonly maker: DatabaseMaker
  /** Version of the tenants' schema. */
  readonly version: string
  /** Databases kept ready. */
  readonly size: number
  /** Whether each database has a role of its own. */
  readonly ownRoles: boolean
  /** How long, in ms, templates and warm databases of other versions are left to processes that still run those. */
  readonly outdatedAfter: number
}

/** Another process fills the pool; nothing is left to do. */
class FilledElsewhere extends Error {}

/**
 * Databases made ahead on the server that holds the central database, where a tenant gets one by a rename inside the
 * transaction that makes it a tenant.
 */
export class WarmPool {
  readonly #options: WarmPoolOptions
  #running: Promise<void> | undefined
  #again = false
  #closed = false

  constructor(options: WarmPoolOptions) {
    this.#options = options
  }

  /** Makes what is missing, removes what was cut off or is outdated, finishes what was claimed. One process does at a time. */
  refill(): Promise<void> {
    this.#again = true
    this.#running ??= this.#refillWhileAsked().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Waits for a refill under way and allows no more. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running?.catch(() => undefined)
  }

  async #refillWhileAsked(): Promise<void> {
    const lock = 'warm-pool'
    const whenLocked = () => new FilledElsewhere()
    while (this.#again && !this.#closed) {
      this.#again = false
      try {
        await withAdminSession({ url: this.#options.centralUrl, lock, whenLocked }, () => this.#refillOnce())
      } catch (error) {
        if (!(error instanceof FilledElsewhere)) throw error
      }
    }
  }

  async #refillOnce(): Promise<void> {
    const [server] = await this.#options.servers.list()
    if (!server) return
    await this.#stampClaimed()
    await this.#removeHalfMade(server)
    await this.#fillUp(server)
    await this.#removeOutdated(server)
    for (const one of await this.#options.servers.list()) {
      if (this.#closed) return
      await this.#options.templates.tryCopying(one)
    }
  }

  async #stampClaimed(): Promise<void> {
    const { registry, servers, maker } = this.#options
    for (const database of await registry.where(`state = 'claimed'`, [])) {
      try {
        await maker.stamp(await servers.get(database.serverId), database)
      } catch (error) {
        // Suspended or removed since; the row of a suspended one stays for the next time.
        if (!isDatabaseGone(error)) throw error
      }
    }
  }

  /** Only the holder of the lock makes warm databases, so what is half made belongs to nobody. */
  async #removeHalfMade(server: TenantServer): Promise<void> {
    const { registry, maker } = this.#options
    for (const database of await registry.where(`tenant_id is null and state = 'making'`, [])) {
      await maker.drop(server, database)
    }
  }

  async #fillUp(server: TenantServer): Promise<void> {
    const { registry, maker, version, size, ownRoles } = this.#options
    const missing = size - (await registry.countWarm(server.id, version))
    if (server.state === 'closed') return
    for (let made = 0; made < missing && !this.#closed; made += 1) {
      const database = await registry.register({
        name: `mt_warm_${randomBytes(6).toString('hex')}`,
        tenantId: null,
        serverId: server.id,
        identity: randomUUID(),
        password: ownRoles ? randomPassword() : null,
      })
      await maker.make(server, database)
    }
  }

  async #removeOutdated(server: TenantServer): Promise<void> {
    const { registry, templates, version, outdatedAfter } = this.#options
    const outdated = await registry.where(
      `tenant_id is null and state = 'warm' and schema_version <> ?
        and created_at <= now() - ? * interval '1 millisecond'`,
      [version, outdatedAfter],
    )
    for (const { name } of outdated) await registry.withdraw(name)
    await this.#removeHalfMade(server)
    await onServer(server, undefined, (session) => templates.removeOutdated(session, outdatedAfter))
  }
}

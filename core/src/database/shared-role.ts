import type { ServerRegistry } from '../server/server-registry.ts'
import type { ServerAddress } from '../server/tenant-server.ts'
import { type AdminSession, withAdminSession } from './admin-session.ts'
import { randomPassword } from './scram-verifier.ts'
import { ensureRole, isRole } from './tenant-role.ts'

/** What a {@link SharedRole} works with. */
export interface SharedRoleOptions {
  /** Connection string of the central database, where the locks are. */
  readonly centralUrl: string
  readonly centralId: string
  readonly servers: ServerRegistry
}

/** The login role that the tenants of a server share, where they have none of their own. */
export class SharedRole {
  readonly #options: SharedRoleOptions
  /** Ids of servers where this process has made sure that it has its password. */
  readonly #ensured = new Set<string>()

  constructor(options: SharedRoleOptions) {
    this.#options = options
  }

  get #name(): string {
    return `mt_tenants_${this.#options.centralId.slice(0, 8)}`
  }

  /** Makes the role unless it is there. PostgreSQL refuses to change one twice at a time, so one process does at a time. */
  async ensure(server: ServerAddress, session: AdminSession): Promise<string> {
    const name = this.#name
    if (this.#ensured.has(server.id) && (await isRole(session, name))) return name
    const { centralUrl, centralId } = this.#options
    await withAdminSession({ url: centralUrl, lock: `shared-role:${server.id}` }, async () => {
      const password = await this.#password(server.id)
      await ensureRole(session, { name, centralId, password, connectionLimit: -1 })
    })
    this.#ensured.add(server.id)
    return name
  }

  /** How a service logs in as the role. */
  async login(serverId: string): Promise<{ readonly user: string; readonly password: string }> {
    return { user: this.#name, password: await this.#password(serverId) }
  }

  #password(serverId: string): Promise<string> {
    return this.#options.servers.sharedPassword(serverId, randomPassword())
  }
}

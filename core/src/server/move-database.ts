import { randomUUID } from 'node:crypto'
import { type AdminSession, withAdminSession } from '../database/admin-session.ts'
import { parseDatabaseComment } from '../database/database-comment.ts'
import type { DatabaseRegistry, RegisteredDatabase } from '../database/database-registry.ts'
import type { DatabaseMaker, TenantDatabaseName } from '../database/make-database.ts'
import { endSessions } from '../database/template-database.ts'
import { dropRole } from '../database/tenant-role.ts'
import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import { MoveRefusedError } from '../error/move-refused-error.ts'
import { copyRows } from './copy-rows.ts'
import type { ServerRegistry } from './server-registry.ts'
import { onServer, type TenantServer } from './tenant-server.ts'

/** What {@link DatabaseMover} works with. */
export interface DatabaseMoverOptions {
  readonly centralId: string
  readonly servers: ServerRegistry
  readonly registry: DatabaseRegistry
  readonly maker: DatabaseMaker
  /** A digest of a database's schema; moving needs the same on both servers. */
  readonly schemaDigest: (server: TenantServer, databaseName: string) => Promise<string>
}

/**
 * Moves databases between servers. The row in the central database changes last: until then the old one is the
 * tenant's, and afterwards it is kept, closed, until it is told to go.
 */
export class DatabaseMover {
  readonly #options: DatabaseMoverOptions

  constructor(options: DatabaseMoverOptions) {
    this.#options = options
  }

  /**
   * Moves a database; may be called again after it was cut off. Its tenant is refused, with 503, while rows are copied.
   * @throws MoveRefusedError when the schemas differ or there is what cannot be copied
   */
  async move(database: RegisteredDatabase, serverId: string): Promise<void> {
    if (database.serverId === serverId) return
    const { servers, registry, maker } = this.#options
    const [source, target] = await Promise.all([servers.get(database.serverId), servers.get(serverId)])
    await maker.migrate(source, database)
    const copy = { ...database, serverId, identity: randomUUID() }
    await maker.discard(target, copy)
    await maker.build(target, copy)
    await this.#assertCopyable(source, target, database.name)
    await this.#fence(source, database.name)
    try {
      await withAdminSession({ url: source.url, database: database.name }, (from) =>
        withAdminSession({ url: target.url, database: database.name }, (to) => copyRows(from, to)),
      )
      await registry.moveTo(database.name, copy)
    } catch (error) {
      await this.#liftFence(source, database)
      throw error
    }
    await this.#closeOld(source, database)
  }

  /** Removes what a move has left on the server that a database was moved from; none is fine. */
  async removeOld({ databaseName, tenantId }: TenantDatabaseName, serverId: string): Promise<void> {
    const server = await this.#options.servers.get(serverId)
    const database = await this.#options.registry.find(databaseName)
    if (database?.tenantId !== tenantId || database.serverId === serverId) throw MoveRefusedError.inUse(databaseName)
    await onServer(server, undefined, async (session) => {
      const [found] = await session.query<{ comment: string | null }>(
        `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
        [databaseName],
      )
      if (!found) return
      // A move that was cut off at its very end has not told the old copy that it is one.
      const note = parseDatabaseComment(found.comment)
      const own =
        found.comment === this.#movedComment(tenantId) || (note?.kind === 'tenant' && note.tenantId === tenantId)
      if (!own) throw new ForeignDatabaseError(databaseName)
      await session.query(`drop database if exists ${session.identifier(databaseName)} with (force)`)
      await dropRole(session, { name: databaseName, centralId: this.#options.centralId })
    })
  }

  async #assertCopyable(source: TenantServer, target: TenantServer, name: string): Promise<void> {
    const { schemaDigest } = this.#options
    const [before, after] = await Promise.all([schemaDigest(source, name), schemaDigest(target, name)])
    if (before !== after) throw MoveRefusedError.differs(name)
    const objects = await withAdminSession({ url: source.url, database: name }, (session) =>
      session.query('select 1 from pg_largeobject_metadata limit 1'),
    )
    if (objects.length > 0) throw MoveRefusedError.largeObjects(name)
  }

  /** Nobody but administrators may connect any more, and nobody else is connected. */
  async #fence(server: TenantServer, name: string): Promise<void> {
    await onServer(server, undefined, async (session) => {
      const grantees = await grantedRoles(session, name)
      for (const role of grantees) await session.query(revokeSql(session, name, role))
      await endSessions(session, name)
    })
  }

  async #liftFence(server: TenantServer, database: RegisteredDatabase): Promise<void> {
    await this.#options.maker.build(server, database)
  }

  async #closeOld(server: TenantServer, { name, tenantId }: RegisteredDatabase): Promise<void> {
    await onServer(server, undefined, async (session) => {
      const database = session.identifier(name)
      await session.run(
        `comment on database ${database} is ${session.literal(this.#movedComment(tenantId))}`,
        `alter database ${database} with allow_connections false`,
      )
    })
  }

  #movedComment(tenantId: string | null): string {
    return `mt-paas moved tenant ${tenantId} central ${this.#options.centralId}`
  }
}

async function grantedRoles(session: AdminSession, name: string): Promise<string[]> {
  const rows = await session.query<{ role: string }>(
    `select distinct pg_get_userbyid(acl.grantee) as role from pg_database, aclexplode(datacl) as acl
      where datname = $1 and acl.privilege_type = 'CONNECT' and acl.grantee not in (0, datdba)`,
    [name],
  )
  return rows.map(({ role }) => role)
}

function revokeSql(session: AdminSession, name: string, role: string): string {
  return `revoke connect on database ${session.identifier(name)} from ${session.identifier(role)}`
}

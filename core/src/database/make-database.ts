import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import {
  CENTRAL_SERVER,
  type MakingPlace,
  onServer,
  type ServerAddress,
  type TenantServer,
} from '../server/tenant-server.ts'
import { type AdminSession, withAdminSession } from './admin-session.ts'
import { databaseComment, parseDatabaseComment } from './database-comment.ts'
import type { DatabaseRegistry, RegisteredDatabase, RegisteredNow } from './database-registry.ts'
import { earlySession, lateSession } from './early-session.ts'
import { handOverSql } from './hand-over.ts'
import { grantUseSql, readSchemaUse } from './schema-use.ts'
import { isDatabaseExists } from './sql-state.ts'
import { endSessions, type TemplateDatabases } from './template-database.ts'
import type { MigrateOptions } from './tenant-driver.ts'
import { type DatabaseIdentity, IDENTITY_TABLE_SQL, READ_IDENTITY_SQL } from './tenant-identity.ts'
import { dropRole, ensureRole, type NewRole, newRole } from './tenant-role.ts'

/** A tenant's database and whose it is. */
export interface TenantDatabaseName {
  readonly databaseName: string
  readonly tenantId: string
}

/** What {@link DatabaseMaker} works with. */
export interface DatabaseMakerOptions {
  readonly centralId: string
  /** Version of the tenants' schema. */
  readonly version: string
  readonly registry: DatabaseRegistry
  readonly templates: TemplateDatabases
  /** Most connections at once of one tenant's role. */
  readonly roleConnections: number
  /** Runs the migrations that a database lacks. */
  readonly migrate: (server: ServerAddress, databaseName: string, how?: MigrateOptions) => Promise<void>
  /** The short way to do the same with a database that is whole; false when it is too short. */
  readonly migrateInPlace: (server: ServerAddress, database: RegisteredDatabase) => Promise<boolean>
  /** The role that the tenants of a server share, made when needed; used by databases without a password. */
  readonly sharedRole: (server: ServerAddress, session: AdminSession) => Promise<string>
}

interface Looking {
  readonly session: AdminSession
  readonly isNew: boolean
}

interface OwnedDatabase {
  readonly database: RegisteredDatabase
  readonly role: string
}

interface FoundDatabase {
  readonly open: boolean
  /** A database whose removal was cut off; only removing it again works. */
  readonly broken: boolean
  readonly comment: string | null
}

/** Makes databases, and removes them, in steps that may be cut off anywhere and gone on with. */
export class DatabaseMaker {
  readonly #options: DatabaseMakerOptions

  constructor(options: DatabaseMakerOptions) {
    this.#options = options
  }

  /**
   * Makes a registered database with its role, rights, schema and identity, or goes on where an earlier call stopped.
   * A tenant's is open afterwards; one without tenant takes no connections until it is claimed. What nobody has heard of
   * before is not looked for.
   * @param lock session that holds the tenant's lock
   * @throws ForeignDatabaseError, ForeignRoleError when others have its name
   */
  async make(server: MakingPlace, database: RegisteredNow, lock?: AdminSession): Promise<void> {
    const { version } = this.#options
    const registry = lock ? this.#options.registry.within(lock) : this.#options.registry
    await this.build(server, database, lock)
    await registry.setState(database.name, database.tenantId === null ? 'warm' : 'ready', version)
  }

  /** As `make`, on any server and without a word of it in the central database. */
  async build(
    server: MakingPlace,
    database: RegisteredDatabase & Partial<RegisteredNow>,
    lock?: AdminSession,
  ): Promise<void> {
    const { isNew = false, hasRole = false } = database
    await onServer(server, lock, async (session) => {
      const role = hasRole ? database.name : await this.#ensureRole(server, session, database)
      // Only where a tenant waits and nothing is to be removed first, as removals wait for a login.
      const isEarly = isNew && database.tenantId !== null
      const ensured = this.#ensureDatabase(server, database, { session, isNew })
      await using early = isEarly ? earlySession(server.url, database.name) : lateSession(server.url, database.name)
      const fresh = await ensured
      const opened = this.#open(server, session, { database, role })
      const filled = fresh
        ? early.use(opened, (inside) => this.#fillCopy(inside, server, { database, role }))
        : opened.then(() => this.#migrateAndFill(server, { database, role }))
      // Neither goes on alone when the other has failed.
      await Promise.allSettled([opened, filled])
      await Promise.all([opened, filled])
      if (database.tenantId === null) await closeDatabase(session, database.name)
    })
  }

  /** Runs the migrations that a tenant's database lacks; the tenant's role may use what they make. */
  async migrate(server: ServerAddress, database: RegisteredDatabase, how?: MigrateOptions): Promise<void> {
    await this.upgrade(server, database, how)
    await this.#options.registry.setState(database.name, database.state, this.#options.version)
  }

  /** As `migrate`, without a word of it in the central database. */
  async upgrade(server: ServerAddress, database: RegisteredDatabase, how?: MigrateOptions): Promise<void> {
    if (await this.#options.migrateInPlace(server, database)) return
    await this.#options.migrate(server, database.name, how)
    await onServer(server, undefined, async (session) => {
      const role = await this.#ensureRole(server, session, database)
      await this.#fill(server, { database, role })
      await session.query(
        `comment on database ${session.identifier(database.name)} is ${this.#comment(session, database)}`,
      )
    })
  }

  /** Writes the tenant that a claimed database was given to into its identity row. */
  async stamp(server: TenantServer, { name, tenantId }: RegisteredDatabase): Promise<void> {
    await withAdminSession({ url: server.url, database: name }, (inside) =>
      inside.query('update public.mt_identity set tenant_id = $1 where tenant_id is null', [tenantId]),
    )
    await this.#options.registry.setStamped(name)
  }

  /**
   * Removes a database with all its data and its role, ending sessions that use it; none is fine.
   * @throws ForeignDatabaseError when another database has the name
   */
  async drop(server: TenantServer, database: RegisteredDatabase, lock?: AdminSession): Promise<void> {
    await this.discard(server, database, lock)
    await this.#options.registry.remove(database.name)
  }

  /** As `drop`, on any server and without a word of it in the central database. */
  async discard(server: TenantServer, database: RegisteredDatabase, lock?: AdminSession): Promise<void> {
    await onServer(server, lock, async (session) => {
      const found = await this.#findOwn(session, database)
      if (found) await session.query(`drop database if exists ${session.identifier(database.name)} with (force)`)
      await dropRole(session, { name: database.name, centralId: this.#options.centralId })
    })
  }

  /** The role of a database to come, with its password. */
  newRole(password: string): NewRole {
    const { centralId, roleConnections: connectionLimit } = this.#options
    return newRole({ password, centralId, connectionLimit })
  }

  /** The comment a database of this version has. */
  comment(tenantId: string | null): string {
    const { centralId, version } = this.#options
    const kind = tenantId === null ? 'warm' : 'tenant'
    return databaseComment({ kind, tenantId, centralId, schemaVersion: version, madeAt: null })
  }

  #comment(session: AdminSession, { tenantId }: RegisteredDatabase): string {
    return session.literal(this.comment(tenantId))
  }

  async #ensureRole(server: ServerAddress, session: AdminSession, { name, password }: RegisteredDatabase) {
    if (password === null) return this.#options.sharedRole(server, session)
    const { centralId, roleConnections: connectionLimit } = this.#options
    await ensureRole(session, { name, centralId, password, connectionLimit })
    return name
  }

  /** Whether it was made just now, with the schema of the template. */
  async #ensureDatabase(
    server: MakingPlace,
    database: RegisteredDatabase,
    { session, isNew }: Looking,
  ): Promise<boolean> {
    const found = isNew ? undefined : await this.#findOwn(session, database)
    if (found?.broken) await session.query(`drop database if exists ${session.identifier(database.name)}`)
    if (found && !found.broken) return false
    try {
      // The server goes on creating when its client has died, so it may be there by now.
      await this.#options.templates.copyTo(server, session, database.name)
      return true
    } catch (error) {
      if (!isDatabaseExists(error)) throw error
      return isNew ? this.#ensureDatabase(server, database, { session, isNew: false }) : false
    }
  }

  /** Rights first: a database that takes connections never takes them from everyone. */
  async #open({ id }: MakingPlace, session: AdminSession, { database, role }: OwnedDatabase): Promise<void> {
    const name = session.identifier(database.name)
    await session.run(
      ...lightly(id),
      `revoke all on database ${name} from public`,
      `grant connect, temporary on database ${name} to ${session.identifier(role)}`,
      `comment on database ${name} is ${this.#comment(session, database)}`,
      `alter database ${name} with allow_connections true`,
    )
  }

  /** A copy of the template just made lacks only whose it is and who may use it. */
  async #fillCopy(inside: AdminSession, server: MakingPlace, { database, role }: OwnedDatabase): Promise<void> {
    const { templates } = this.#options
    const use = await templates.useOfCopy(server, inside)
    await inside.run(
      ...lightly(server.id),
      this.#newIdentitySql(inside, database),
      ...grantUseSql(use, { owner: templates.owner, user: role }),
    )
  }

  async #migrateAndFill(server: MakingPlace, owned: OwnedDatabase): Promise<void> {
    await this.#options.migrate(server, owned.database.name)
    await this.#fill(server, owned)
  }

  async #fill(server: ServerAddress, { database, role }: OwnedDatabase): Promise<void> {
    const { centralId, registry } = this.#options
    const { name, tenantId, identity } = database
    const found = await withAdminSession({ url: server.url, database: name }, async (inside) => {
      const owner = await this.#options.templates.ensureOwner(inside)
      await inside.run(IDENTITY_TABLE_SQL, this.#identitySql(inside, database), handOverSql(inside, owner))
      await inside.run(...grantUseSql(await readSchemaUse(inside, owner), { owner, user: role }))
      return inside.query<DatabaseIdentity>(READ_IDENTITY_SQL)
    })
    const [own] = found
    if (own?.centralId !== centralId || (own.tenantId !== null && own.tenantId !== tenantId)) {
      throw new ForeignDatabaseError(name)
    }
    // Its row in the central database was lost and made anew.
    if (own.databaseId !== identity) await registry.setIdentity(name, own.databaseId)
  }

  #identitySql(inside: AdminSession, database: RegisteredDatabase): string {
    return `${this.#newIdentitySql(inside, database)} on conflict do nothing;
      update public.mt_identity set tenant_id = ${nullable(inside, database.tenantId)} where tenant_id is null`
  }

  #newIdentitySql(inside: AdminSession, { identity, tenantId }: RegisteredDatabase): string {
    return `insert into public.mt_identity (database_id, central_id, tenant_id)
      values (${inside.literal(identity)}, ${inside.literal(this.#options.centralId)}, ${nullable(inside, tenantId)})`
  }

  async #findOwn(session: AdminSession, { name, tenantId }: RegisteredDatabase): Promise<FoundDatabase | undefined> {
    const [found] = await session.query<FoundDatabase>(
      `select datallowconn as open, datconnlimit = -2 as broken, shobj_description(oid, 'pg_database') as comment
        from pg_database where datname = $1`,
      [name],
    )
    if (!found) return undefined
    const note = parseDatabaseComment(found.comment)
    const sameCentral = note?.centralId === null || note?.centralId === this.#options.centralId
    const own = note
      ? note.kind !== 'template' && note.tenantId === tenantId && sameCentral
      : found.comment === null && (!found.open || found.broken)
    if (!own) throw new ForeignDatabaseError(name)
    return found
  }
}

function nullable(session: AdminSession, text: string | null): string {
  return text === null ? 'null' : session.literal(text)
}

/**
 * On the central database's own server a step is not waited for on disk: who ends the operation there brings it to disk
 * as well.
 */
function lightly(serverId: string): readonly string[] {
  return serverId === CENTRAL_SERVER ? ['set local synchronous_commit to off'] : []
}

async function closeDatabase(session: AdminSession, name: string): Promise<void> {
  await session.query(`alter database ${session.identifier(name)} with allow_connections false`)
  await endSessions(session, name)
}

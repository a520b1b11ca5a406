import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { StandardApiError } from '@mt-paas/server'
import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import { withFreshSchema } from '../fleet/fresh-schema.ts'
import type { ServerRegistry } from '../server/server-registry.ts'
import { CENTRAL_SERVER, onServer } from '../server/tenant-server.ts'
import { tenantDatabaseName } from '../tenant/tenant-id.ts'
import type { AdminSession } from './admin-session.ts'
import type { ConnectionGauges } from './connection-gauges.ts'
import type { DatabaseParts } from './database-parts.ts'
import type { RegisteredDatabase } from './database-registry.ts'
import type { TenantDatabaseName } from './make-database.ts'
import type { ReadMigration } from './read-migration.ts'
import { randomPassword } from './scram-verifier.ts'
import { isConnectionLoss } from './sql-state.ts'
import { endSessions } from './template-database.ts'
import { openTenantDatabase } from './tenant-driver.ts'

/** From a claim to the making of what takes the claimed one's place, in ms. */
const REFILL_DELAY = 250

/** A tenant's database that is lent to one piece of work. */
export interface LentDatabase {
  readonly em: EntityManager
  /** Ends the work: queries afterwards are refused, and what was not awaited is cut. */
  end(): Promise<void>
}

/** The central database and the databases of the tenants. */
export class DatabaseManager {
  readonly #parts: DatabaseParts
  readonly #onWarning: (message: string) => void
  #refilling: NodeJS.Timeout | undefined

  /** @internal `openDatabaseManager` makes one. */
  constructor(parts: DatabaseParts, onWarning: (message: string) => void) {
    this.#parts = parts
    this.#onWarning = onWarning
  }

  /** Version of the tenants' schema that this process has migrations for. */
  get schemaVersion(): string {
    return this.#parts.version
  }

  /** The migrations of tenants' databases, in order, and what is known of them. */
  get migrations(): readonly ReadMigration[] {
    return this.#parts.migrations
  }

  /** Id of the central database; what belongs to it on a server says so. */
  get centralId(): string {
    return this.#parts.centralId
  }

  /** What the names of new tenants' databases begin with. */
  get databasePrefix(): string {
    return this.#parts.databasePrefix
  }

  /**
   * Name of the database that a new tenant gets.
   * @throws InvalidTenantIdError
   */
  databaseName(tenantId: string): string {
    return tenantDatabaseName(tenantId, this.#parts.databasePrefix)
  }

  /** What the connections to tenants' databases are doing. */
  get gauges(): ConnectionGauges {
    return this.#parts.connections.gauges
  }

  /** The servers that hold tenants' databases. */
  get servers(): ServerRegistry {
    return this.#parts.servers
  }

  /** A fresh entity manager of the central database. */
  central(): EntityManager {
    return this.#parts.central.em.fork()
  }

  /**
   * Runs `work` with a fresh entity manager of a tenant's database. The entity manager ends with the work: queries
   * afterwards are refused, and what was not awaited is cut.
   * @throws StandardApiError `SERVICE_UNAVAILABLE` when no connection is to be had in time; DatabaseGoneError when the
   * database is missing or closed; IsolationViolationError when a connection leads elsewhere
   */
  async withTenant<TResult>(name: TenantDatabaseName, work: (em: EntityManager) => Promise<TResult>): Promise<TResult> {
    const lease = this.#parts.connections.lease(name)
    try {
      return await work(openTenantDatabase(this.#parts.tenants, lease).entityManager())
    } catch (error) {
      throw isConnectionLoss(error) ? StandardApiError.unavailable(1, error) : error
    } finally {
      await lease.end()
    }
  }

  /**
   * The same for what does not end with a function, such as a request whose answer is streamed: it ends with `end()`.
   * Nothing is connected before the first query.
   */
  lend(name: TenantDatabaseName): LentDatabase {
    const lease = this.#parts.connections.lease(name)
    const em = openTenantDatabase(this.#parts.tenants, lease).entityManager()
    return { em, end: () => lease.end() }
  }

  /** A fresh entity manager of a tenant's database without a lease; {@link withTenant} is to be preferred. */
  tenant(databaseName: string): EntityManager {
    const source = this.#parts.connections.unleased(databaseName)
    return openTenantDatabase(this.#parts.tenants, source).entityManager()
  }

  /**
   * Holds the lock of a name, among all processes on this central database, while `work` runs on a connection of its own.
   * @param whenLocked makes the error thrown when the lock is held; without it the lock is waited for
   */
  locked<TResult>(
    lock: string,
    work: (session: AdminSession) => Promise<TResult>,
    whenLocked?: () => Error,
  ): Promise<TResult> {
    return this.#parts.locks.hold({ lock, work, whenLocked })
  }

  /**
   * Makes a tenant's database with its role, rights, schema and identity, or goes on where an earlier call stopped; one
   * that is there is opened and migrated. Callers hold the tenant's lock.
   * @throws ForeignDatabaseError, ForeignRoleError when others have the name
   */
  async provision(session: AdminSession, name: TenantDatabaseName): Promise<void> {
    const { registry, servers, maker, ownRoles } = this.#parts
    const password = ownRoles ? randomPassword() : null
    const database = await registry.within(session).register({
      name: name.databaseName,
      tenantId: name.tenantId,
      serverId: null,
      identity: randomUUID(),
      password,
      role: password === null ? undefined : maker.newRole(password),
    })
    if (database.tenantId !== name.tenantId) throw new ForeignDatabaseError(name.databaseName)
    await maker.make(await servers.place(database.serverId), database, session)
  }

  /**
   * Gives a database made ahead to a tenant that has none, inside the transaction of `em`, a central entity manager:
   * whole when that commits, and nothing when it does not. False when there is none to be had: then `provision`.
   */
  async claimWarm(em: EntityManager, name: TenantDatabaseName): Promise<boolean> {
    const { registry, maker, version } = this.#parts
    const claimed = await registry.claim(em, name, { version, comment: maker.comment(name.tenantId) })
    this.#refillSoon()
    return claimed
  }

  /** Not at once: who claims has more to do, and making databases is the heaviest work of a server. */
  #refillSoon(): void {
    this.#refilling ??= setTimeout(() => {
      this.#refilling = undefined
      this.refillWarmPool().catch((error: unknown) => this.#onWarning(`The warm pool was not filled: ${error}`))
    }, REFILL_DELAY)
    this.#refilling.unref()
  }

  /** Makes the databases ahead that are missing; one process does at a time, others return at once. */
  refillWarmPool(): Promise<void> {
    return this.#parts.warm.refill()
  }

  /**
   * Runs the migrations that a tenant's database lacks. Callers hold the tenant's lock.
   * @throws UnknownMigrationsError when a newer version, or another service, has migrated it
   */
  async migrate(name: TenantDatabaseName): Promise<void> {
    const database = await this.#registered(name)
    await this.upgrade(database)
    await this.#parts.registry.setState(database.name, database.state, this.schemaVersion)
  }

  /**
   * As {@link migrate}, without a word of it in the central database.
   * @internal for who writes of many at once
   */
  async upgrade(database: RegisteredDatabase): Promise<void> {
    const { servers, maker } = this.#parts
    const address = await servers.address(database.serverId)
    await maker.upgrade({ id: database.serverId, url: address.url }, database, { onlyKnown: true })
  }

  /** Runs `work` on a database that the migrations alone have made, and that is gone afterwards. */
  withFreshSchema<TResult>(work: (em: EntityManager) => Promise<TResult>): Promise<TResult> {
    const { tenants, centralUrl, centralId } = this.#parts
    return withFreshSchema({ orm: tenants, url: centralUrl, centralId }, work)
  }

  /** Removes a tenant's database with its data and its role. Callers hold the tenant's lock. */
  async drop(session: AdminSession, name: TenantDatabaseName): Promise<void> {
    await this.release(name.databaseName)
    const database = await this.#registered(name)
    await this.#parts.maker.drop(await this.#parts.servers.get(database.serverId), database, session)
  }

  /** Closes a tenant's database to everyone, whatever process uses it. Callers hold the tenant's lock. */
  async suspend(name: TenantDatabaseName): Promise<void> {
    await this.release(name.databaseName)
    await this.#onServerOf(name, async (session, database) => {
      await session.query(`alter database ${session.identifier(database)} with allow_connections false`)
      await endSessions(session, database)
    })
  }

  /** Opens a tenant's database again. Callers hold the tenant's lock. */
  async resume(name: TenantDatabaseName): Promise<void> {
    await this.#onServerOf(name, async (session, database) => {
      await session.query(`alter database ${session.identifier(database)} with allow_connections true`)
    })
  }

  /**
   * Moves a tenant's database to another server; its tenant is answered 503 while rows are copied. May be called again
   * after it was cut off. The old database is kept, closed, until {@link removeMoved}. Callers hold the tenant's lock.
   * @returns the server that it was on
   * @throws MoveRefusedError, ForeignDatabaseError
   */
  async move(name: TenantDatabaseName, serverId: string): Promise<string> {
    const database = await this.#registered(name)
    await this.release(name.databaseName)
    await this.#parts.mover.move(database, serverId)
    await this.release(name.databaseName)
    return database.serverId
  }

  /** Removes the database that a move has left on a server. Callers hold the tenant's lock. */
  async removeMoved(name: TenantDatabaseName, serverId: string): Promise<void> {
    await this.#parts.mover.removeOld(name, serverId)
  }

  /** Ends this process's connections to a tenant's database; those in use get 2 s to come back. */
  async release(databaseName: string): Promise<void> {
    await this.#parts.connections.release(databaseName)
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    clearTimeout(this.#refilling)
    await this.#parts.warm.close()
    await this.#parts.locks.close()
    await this.#parts.connections.close()
    await this.#parts.central.close(true)
  }

  async #onServerOf(
    name: TenantDatabaseName,
    work: (session: AdminSession, databaseName: string) => Promise<void>,
  ): Promise<void> {
    const database = await this.#registered(name)
    const server = await this.#parts.servers.get(database.serverId)
    await onServer(server, undefined, (session) => work(session, database.name))
  }

  /** A database without a row is sought where all were made before there were rows. */
  async #registered({ databaseName, tenantId }: TenantDatabaseName): Promise<RegisteredDatabase> {
    const found = await this.#parts.registry.find(databaseName)
    if (found && found.tenantId !== tenantId) throw new ForeignDatabaseError(databaseName)
    const unknown = { serverId: CENTRAL_SERVER, state: 'making', identity: randomUUID(), password: null } as const
    return found ?? { ...unknown, name: databaseName, tenantId, schemaVersion: null }
  }
}

import { createHash } from 'node:crypto'
import type { ServerRegistry } from '../server/server-registry.ts'
import {
  type CopyStrategy,
  type MakingPlace,
  onServer,
  type ServerAddress,
  type TenantServer,
} from '../server/tenant-server.ts'
import { type AdminSession, withAdminSession } from './admin-session.ts'
import { copyDatabase, presumedCopyStrategy, probeCopyStrategy } from './copy-strategy.ts'
import { databaseComment, parseDatabaseComment } from './database-comment.ts'
import { handOverSql } from './hand-over.ts'
import { readSchemaUse, type SchemaRight } from './schema-use.ts'
import { sqlState, sqlStates } from './sql-state.ts'
import { IDENTITY_TABLE_SQL } from './tenant-identity.ts'
import { ensureOwner } from './tenant-role.ts'

/** What templates hold besides the schema; those of another layout are not copied. */
const LAYOUT = 'owned'

/** What {@link TemplateDatabases} works with. */
export interface TemplateDatabasesOptions {
  /** Connection string of the central database, where the locks are. */
  readonly centralUrl: string
  readonly centralId: string
  /** Version of the tenants' schema. */
  readonly version: string
  readonly servers: ServerRegistry
  /** Runs all migrations on an empty database. */
  readonly migrate: (server: ServerAddress, databaseName: string) => Promise<void>
}

/** The migrated database of a schema version on each server, of which tenants' databases are copies. */
export class TemplateDatabases {
  readonly #options: TemplateDatabasesOptions
  readonly #digest: string
  /** By server, until it was tried. */
  readonly #presumed = new Map<string, CopyStrategy>()
  /** By server, from its first copy on. */
  readonly #use = new Map<string, readonly SchemaRight[]>()

  constructor(options: TemplateDatabasesOptions) {
    this.#options = options
    // Two central databases may use one server.
    this.#digest = createHash('sha256')
      .update(`${options.centralId} ${options.version} ${LAYOUT}`)
      .digest('hex')
      .slice(0, 16)
  }

  /** Name of the template of this version. It exists only when it is whole. */
  get name(): string {
    return `mt_template_${this.#digest}`
  }

  /** Role that owns what migrations make, in templates and in copies; nobody can log in as it. */
  get owner(): string {
    return `mt_owner_${this.#options.centralId.slice(0, 8)}`
  }

  /** Makes the role that owns what migrations make, unless the server has it. */
  async ensureOwner(session: AdminSession): Promise<string> {
    await ensureOwner(session, { name: this.owner, centralId: this.#options.centralId })
    return this.owner
  }

  /** Makes a database as a copy of the template, which is made when it is missing. */
  async copyTo(server: MakingPlace, session: AdminSession, name: string): Promise<void> {
    const strategy = server.copyStrategy ?? this.#presumed.get(server.id) ?? (await this.#presume(server, session))
    const copy = () => copyDatabase(session, { name, template: this.name, strategy })
    try {
      await copy()
    } catch (error) {
      if (sqlState(error) !== sqlStates.unknownDatabase) throw error
      await this.ensure(server)
      await copy()
    }
  }

  /**
   * What the user of a copy has to be given; looked up once for each server, as all copies are the same.
   * @param copy session in a copy made just now
   */
  async useOfCopy({ id }: MakingPlace, copy: AdminSession): Promise<readonly SchemaRight[]> {
    const use = this.#use.get(id) ?? (await readSchemaUse(copy, this.owner))
    this.#use.set(id, use)
    return use
  }

  /** Makes the template unless it is there. Of several processes one does. */
  ensure(server: ServerAddress): Promise<void> {
    const { centralUrl } = this.#options
    return withAdminSession({ url: centralUrl, lock: `template:${server.id}:${this.name}` }, () =>
      onServer(server, undefined, async (session) => {
        if (await isThere(session, this.name)) return
        await this.#make(server, session)
      }),
    )
  }

  /** Finds out once for each server how it copies best. */
  async tryCopying(server: TenantServer): Promise<void> {
    if (server.copyStrategy) return
    await this.ensure(server)
    const trial = `mt_trial_${this.#digest}`
    const strategy = await onServer(server, undefined, (session) => probeCopyStrategy(session, this.name, trial))
    await this.#options.servers.setCopyStrategy(server.id, strategy)
  }

  async #presume({ id }: MakingPlace, session: AdminSession): Promise<CopyStrategy> {
    const strategy = await presumedCopyStrategy(session)
    this.#presumed.set(id, strategy)
    return strategy
  }

  /** Removes templates of other versions of this central database that are older than `age` ms. */
  async removeOutdated(session: AdminSession, age: number): Promise<void> {
    const found = await session.query<{ name: string; comment: string | null; now: Date }>(
      `select datname as name, shobj_description(oid, 'pg_database') as comment, now() as now
        from pg_database where datname like 'mt\\_template\\_%' and datname <> $1`,
      [this.name],
    )
    for (const { name, comment, now } of found) {
      const note = parseDatabaseComment(comment)
      if (note?.kind !== 'template' || note.centralId !== this.#options.centralId) continue
      if (!note.madeAt || now.getTime() - note.madeAt.getTime() < age) continue
      const database = session.identifier(name)
      await session.query(`alter database ${database} is_template false`)
      await session.query(`drop database if exists ${database} with (force)`)
    }
  }

  /** Made under another name, so that nobody copies half a template. */
  async #make(server: ServerAddress, session: AdminSession): Promise<void> {
    const { centralId, version, migrate } = this.#options
    const half = `mt_making_${this.#digest}`
    const database = session.identifier(half)
    await session.query(`drop database if exists ${database} with (force)`)
    await session.query(`create database ${database} template template0 encoding 'UTF8' allow_connections false`)
    await session.run(
      `revoke all on database ${database} from public`,
      `alter database ${database} allow_connections true`,
    )
    await migrate(server, half)
    const owner = await this.ensureOwner(session)
    await withAdminSession({ url: server.url, database: half }, (inside) =>
      inside.run(IDENTITY_TABLE_SQL, handOverSql(inside, owner)),
    )
    await session.query(`alter database ${database} allow_connections false`)
    await endSessions(session, half)
    const [clock] = await session.query<{ now: Date }>('select now() as now')
    const note = { kind: 'template', tenantId: null, centralId, schemaVersion: version } as const
    const comment = databaseComment({ ...note, madeAt: clock?.now ?? null })
    await session.run(
      `alter database ${database} is_template true`,
      `comment on database ${database} is ${session.literal(comment)}`,
      `alter database ${database} rename to ${session.identifier(this.name)}`,
    )
  }
}

/** Ends every session of a database that takes no new ones, and waits until they are gone. */
export async function endSessions(session: AdminSession, name: string): Promise<void> {
  for (;;) {
    const left = await session.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
      name,
    ])
    if (left.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function isThere(session: AdminSession, name: string): Promise<boolean> {
  const found = await session.query('select 1 from pg_database where datname = $1', [name])
  return found.length > 0
}

import type { EntityManager } from '@mikro-orm/postgresql'
import { StandardApiError } from '@mt-paas/server'
import { CENTRAL_SERVER } from '../server/tenant-server.ts'
import type { AdminSession } from './admin-session.ts'
import type { TenantDatabaseName } from './make-database.ts'
import type { NewRole } from './tenant-role.ts'

/**
 * How far a database is: `making` until it is whole, `warm` while it waits for a tenant, `claimed` until its identity
 * row names the tenant it was given to, `ready`.
 */
export type DatabaseState = 'making' | 'warm' | 'claimed' | 'ready'

/** The row of a database that is, or may become, a tenant's. It is there before the database and goes after it. */
export interface RegisteredDatabase {
  /** Also the name of its login role. */
  readonly name: string
  /** Null while no tenant has it. */
  readonly tenantId: string | null
  readonly serverId: string
  readonly state: DatabaseState
  /** What the identity row in the database says. */
  readonly identity: string
  /** Of the database's own role; null where tenants share one. */
  readonly password: string | null
  /** Version of its schema when it was last made or migrated. */
  readonly schemaVersion: string | null
}

/** What is known of a database before it is made. */
export interface NewDatabase {
  readonly name: string
  readonly tenantId: string | null
  /** Null takes the least loaded open server. */
  readonly serverId: string | null
  readonly identity: string
  readonly password: string | null
  /**
   * Makes its role in the same transaction, where the server is the central database's own and the name is free.
   * @default no role is made
   */
  readonly role?: NewRole | undefined
}

/** A database's row, and what of it was made just now. */
export interface RegisteredNow extends RegisteredDatabase {
  readonly isNew: boolean
  readonly hasRole: boolean
}

/** Columns of a {@link RegisteredDatabase}, where no other table of the query has the names. */
export const REGISTERED_COLUMNS = `d.name, d.tenant_id as "tenantId", d.server_id as "serverId", d.state, d.identity,
  d.password, d.schema_version as "schemaVersion"`
const COLUMNS = REGISTERED_COLUMNS.replaceAll('d.', '')

/**
 * A condition that is always true. On the central database's own server the transaction's end is not waited for on disk:
 * whatever is made there next, or whoever ends the operation, brings it to disk as well.
 */
const lightlyOn = (server: string) =>
  `case when ${server} = '${CENTRAL_SERVER}' then set_config('synchronous_commit', 'off', true) else '' end is not null`

/** Runs a statement on the central database; `parameters` fill each `?`. */
export type RegistryQuery = <TRow extends object = RegisteredDatabase>(
  sql: string,
  parameters: readonly unknown[],
) => Promise<TRow[]>

/** The databases of tenants and those made ahead, as the central database knows them. */
export class DatabaseRegistry {
  readonly #query: RegistryQuery

  constructor(query: RegistryQuery) {
    this.#query = query
  }

  /** The same by way of a session on the central database that is in use anyway. */
  within(session: AdminSession): DatabaseRegistry {
    return new DatabaseRegistry((sql, parameters) => {
      let count = 0
      return session.query(
        sql.replaceAll('?', () => `$${++count}`),
        parameters,
      )
    })
  }

  async find(name: string): Promise<RegisteredDatabase | undefined> {
    const [row] = await this.#query(`select ${COLUMNS} from tenant_databases where name = ?`, [name])
    return row
  }

  /** The databases that match a condition on the table's columns, oldest first. */
  where(condition: string, parameters: readonly unknown[]): Promise<RegisteredDatabase[]> {
    return this.#query(
      `select ${COLUMNS} from tenant_databases where ${condition} order by created_at, name`,
      parameters,
    )
  }

  /**
   * Registers a database as `making`, unless it is registered: then that one is returned.
   * @throws StandardApiError `SERVICE_UNAVAILABLE` when no server takes new databases
   */
  async register({ name, tenantId, serverId, identity, password, role }: NewDatabase): Promise<RegisteredNow> {
    const [made] = await this.#query<RegisteredDatabase & Pick<RegisteredNow, 'hasRole'>>(
      `with made as (
          insert into tenant_databases (name, tenant_id, server_id, state, identity, password)
            select ?, ?, server, 'making', ?::uuid, ? from coalesce(?, choose_server()) as server
              where server is not null and ${lightlyOn('server')} and not exists (select from tenant_databases where name = ?)
            on conflict (name) do nothing returning *
        )
        select ${COLUMNS}, coalesce(
          case when server_id = '${CENTRAL_SERVER}' then make_tenant_role(name, ?, ?) end, false) as "hasRole" from made`,
      [name, tenantId, identity, password, serverId, name, role?.options ?? null, role?.comment ?? null],
    )
    if (made) return { ...made, isNew: true }
    const row = await this.find(name)
    if (!row) throw StandardApiError.unavailable(60, new Error('No server is open for new databases'))
    return { ...row, isNew: false, hasRole: false }
  }

  async setState(name: string, state: DatabaseState, version: string | null): Promise<void> {
    await this.#query(
      `update tenant_databases set state = ?, schema_version = ? where name = ? and ${lightlyOn('server_id')}`,
      [state, version, name],
    )
  }

  /** Ends the last step of a claimed database. */
  async setStamped(name: string): Promise<void> {
    await this.#query(`update tenant_databases set state = 'ready' where name = ? and state = 'claimed'`, [name])
  }

  /** Takes a warm database out of the reach of claims, unless one holds it. */
  async withdraw(name: string): Promise<void> {
    await this.#query(
      `update tenant_databases set state = 'making' where name in
        (select name from tenant_databases where name = ? and state = 'warm' for update skip locked)`,
      [name],
    )
  }

  /** Takes over the identity that a database of ours had before its row was lost. */
  async setIdentity(name: string, identity: string): Promise<void> {
    await this.#query('update tenant_databases set identity = ? where name = ?', [identity, name])
  }

  /** From now on the database is another one, on another server. */
  async moveTo(name: string, { serverId, identity }: RegisteredDatabase): Promise<void> {
    await this.#query('update tenant_databases set server_id = ?, identity = ? where name = ?', [
      serverId,
      identity,
      name,
    ])
  }

  /** Warm databases of a version that no claim holds at this moment. */
  async countWarm(serverId: string, version: string): Promise<number> {
    const rows = await this.#query(
      `select ${COLUMNS} from tenant_databases where server_id = ? and state = 'warm' and schema_version = ?
        for update skip locked`,
      [serverId, version],
    )
    return rows.length
  }

  /** Removes a row once its database is gone. */
  async remove(name: string): Promise<void> {
    await this.#query('delete from tenant_databases where name = ?', [name])
  }

  /**
   * Gives a warm database to a tenant inside the transaction of `em`; false when there is none.
   * @param note its version, and what its comment says from then on
   */
  async claim(
    em: EntityManager,
    name: TenantDatabaseName,
    note: { readonly version: string; readonly comment: string },
  ): Promise<boolean> {
    const [row] = await em.execute<{ claimed: boolean }[]>('select claim_warm_database(?, ?, ?, ?) as claimed', [
      name.tenantId,
      name.databaseName,
      note.version,
      note.comment,
    ])
    return row?.claimed ?? false
  }
}

import type { Configuration } from '@mikro-orm/core'
import { Kysely, PostgreSqlConnection } from '@mikro-orm/postgresql'
import type { Pool, PoolConfig } from 'pg'
import type { ConnectionSource } from './connection-source.ts'

type Dialect = ReturnType<PostgreSqlConnection['createKyselyDialect']>
type AnyKysely = ReturnType<PostgreSqlConnection['getClient']>
type ExecuteQuery<TRow> = typeof Kysely.prototype.executeQuery<TRow>
type QueryResult<TRow> = Awaited<ReturnType<ExecuteQuery<TRow>>>

/** What the clients of all databases share, since it knows none: made once for a configuration of MikroORM. */
export class KyselyParts {
  readonly compiler: ReturnType<Dialect['createQueryCompiler']>
  readonly adapter: ReturnType<Dialect['createAdapter']>
  /** Of a client that gets no connection. */
  readonly config: { readonly dialect: Dialect }
  readonly dialect: Dialect
  readonly driver: ReturnType<Dialect['createDriver']>
  readonly executor: ReturnType<AnyKysely['getExecutor']>

  constructor(config: Configuration) {
    const onPoolCreated = (pool: Pool) => {
      Object.assign(pool, { connect: () => Promise.reject(new Error('This client has no database')) })
    }
    const options: PoolConfig & { readonly onPoolCreated: typeof onPoolCreated } = { onPoolCreated }
    this.dialect = new PostgreSqlConnection(config, { driverOptions: {} }).createKyselyDialect(options)
    this.config = { dialect: this.dialect }
    this.compiler = this.dialect.createQueryCompiler()
    this.adapter = this.dialect.createAdapter()
    this.driver = this.dialect.createDriver()
    this.executor = new Kysely(this.config).getExecutor()
  }
}

/** Runs compiled queries on connections of a source, one for each; whatever else it is asked for gets no connection. */
export class DirectClient extends Kysely<object> {
  readonly #source: ConnectionSource
  readonly #whole: () => AnyKysely

  /** @param whole a client that runs what can be aborted */
  constructor(parts: KyselyParts, source: ConnectionSource, whole: () => AnyKysely) {
    super(parts)
    this.#source = source
    this.#whole = whole
  }

  override async executeQuery<TRow>(...[query, options]: Parameters<ExecuteQuery<TRow>>): Promise<QueryResult<TRow>> {
    if (options?.signal || 'compile' in query) return this.#whole().executeQuery(query, options)
    const client = await this.#source.connect()
    try {
      const { command, rowCount, rows } = await client.query(query.sql, [...query.parameters])
      const counted = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
      return counted ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows: rows ?? [] }
    } finally {
      client.release()
    }
  }
}

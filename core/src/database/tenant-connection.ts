import type { Configuration } from '@mikro-orm/core'
import { Kysely, PostgreSqlConnection } from '@mikro-orm/postgresql'
import type { Pool, PoolConfig } from 'pg'
import type { ConnectionSource } from './connection-source.ts'
import { DirectClient, KyselyParts } from './direct-client.ts'

/**
 * MikroORM's connection over a {@link ConnectionSource}. Most work is single queries, which go there straight; the client
 * for all else is made when it is asked for.
 */
export class TenantConnection extends PostgreSqlConnection {
  readonly #source: ConnectionSource
  #client: Kysely<unknown> | undefined

  constructor(config: Configuration, source: ConnectionSource) {
    super(config, {})
    this.#source = source
    this.options.driverOptions = () => new DirectClient(this.#parts, source, () => this.getClient())
  }

  /** For transactions, streams, queries built by Kysely, and those that can be aborted. */
  override getClient<T>(): Kysely<T> {
    this.#client ??= new Kysely({ dialect: this.createKyselyDialect({}) })
    return this.#client as Kysely<unknown> as Kysely<T>
  }

  override createKyselyDialect(options: PoolConfig) {
    // The pool made there never connects: it only lends its shape to the source.
    const onPoolCreated = (pool: Pool) => {
      Object.assign(pool, {
        connect: () => this.#source.connect(),
        end: async () => undefined,
        // Queries are cancelled over a connection of the source; a client made here would know no address.
        Client: undefined,
      })
    }
    const overrides: PoolConfig & { readonly onPoolCreated: typeof onPoolCreated } = { ...options, onPoolCreated }
    const { compiler, adapter } = this.#parts
    return Object.assign(super.createKyselyDialect(overrides), {
      createQueryCompiler: () => compiler,
      createAdapter: () => adapter,
    })
  }

  override mapOptions() {
    return {}
  }

  override async getNativeClient(): Promise<Pool> {
    throw new Error("A tenant's entity manager has no pool of its own")
  }

  override async close(force?: boolean): Promise<void> {
    await super.close(force)
    await this.#client?.destroy()
    this.#client = undefined
  }

  get #parts(): KyselyParts {
    return this.config.getCachedService(KyselyParts, this.config)
  }
}

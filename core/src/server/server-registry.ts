import type { EntityManager } from '@mikro-orm/postgresql'
import { isConnectionString } from '../config/variables.ts'
import { InvalidServerError } from '../error/server-errors.ts'
import { CENTRAL_SERVER, type CopyStrategy, type MakingPlace, type TenantServer } from './tenant-server.ts'

/** A server as {@link ServerRegistry.add} takes it. */
export interface NewServer {
  /** Name of ours, such as `pg-2`. */
  readonly id: string
  /** Connection string of a role that may make databases and roles; holds its password. */
  readonly url: string
  /** Where tenants' connections go when a pooler stands before the server. @default the server itself */
  readonly poolUrl?: string
  /** Most databases it should hold. @default 2000 */
  readonly capacity?: number
}

interface ServerRow {
  readonly id: string
  readonly url: string | null
  readonly poolUrl: string | null
  readonly capacity: number
  readonly state: 'open' | 'closed'
  readonly copyStrategy: CopyStrategy | null
}

const SELECT = `select id, url, pool_url as "poolUrl", capacity, state, copy_strategy as "copyStrategy" from servers`

/** The servers that hold tenants' databases, as the central database knows them. */
export class ServerRegistry {
  readonly #central: () => EntityManager
  readonly #own: { readonly url: string; readonly poolUrl: string }

  /** The central database's, as it was read last. */
  #centralPlace: MakingPlace | undefined

  /** @param own connection strings of the server that holds the central database */
  constructor(central: () => EntityManager, own: { readonly url: string; readonly poolUrl: string }) {
    this.#central = central
    this.#own = own
  }

  /** All servers, the central database's first. */
  async list(): Promise<TenantServer[]> {
    const rows = await this.#central().execute<ServerRow[]>(`${SELECT} order by id <> ?, created_at, id`, [
      CENTRAL_SERVER,
    ])
    return rows.map((row) => this.#server(row))
  }

  async get(id: string): Promise<TenantServer> {
    const [row] = await this.#central().execute<ServerRow[]>(`${SELECT} where id = ?`, [id])
    if (!row) throw new Error(`There is no server ${id}`)
    return this.#server(row)
  }

  /** Connection strings of a server; those of the central database's need no query. */
  async address(id: string): Promise<Pick<TenantServer, 'url' | 'poolUrl'>> {
    return id === CENTRAL_SERVER ? this.#own : this.get(id)
  }

  /** What making a database there needs to know; that is asked once of the central database's server. */
  async place(id: string): Promise<MakingPlace> {
    return id === CENTRAL_SERVER && this.#centralPlace ? this.#centralPlace : this.get(id)
  }

  /**
   * Adds a server, open for new tenants, or changes where and how large it is.
   * @throws InvalidServerError
   */
  async add({ id, url, poolUrl, capacity = 2000 }: NewServer): Promise<void> {
    if (!isConnectionString(url)) throw new InvalidServerError('url')
    if (poolUrl !== undefined && !isConnectionString(poolUrl)) throw new InvalidServerError('poolUrl')
    await this.#central().execute(
      `insert into servers (id, url, pool_url, capacity, state) values (?, ?, ?, ?, 'open')
        on conflict (id) do update set url = excluded.url, pool_url = excluded.pool_url, capacity = excluded.capacity`,
      [id, url, poolUrl ?? null, capacity],
    )
  }

  /** Opens a server for new tenants, or closes it; tenants it has stay where they are. */
  async setState(id: string, state: TenantServer['state']): Promise<void> {
    await this.#central().execute('update servers set state = ? where id = ?', [state, id])
  }

  /** Keeps what a trial of the server has shown. */
  async setCopyStrategy(id: string, strategy: CopyStrategy): Promise<void> {
    await this.#central().execute('update servers set copy_strategy = ? where id = ?', [strategy, id])
    if (id === CENTRAL_SERVER) this.#centralPlace = undefined
  }

  /** Password of the role that the tenants of a server share, made at first use. */
  async sharedPassword(id: string, fresh: string): Promise<string> {
    const [row] = await this.#central().execute<{ password: string }[]>(
      `update servers set shared_password = coalesce(shared_password, ?) where id = ? returning shared_password as password`,
      [fresh, id],
    )
    if (!row) throw new Error(`There is no server ${id}`)
    return row.password
  }

  #server({ id, url, poolUrl, capacity, state, copyStrategy }: ServerRow): TenantServer {
    const address = id === CENTRAL_SERVER ? this.#own : { url: url ?? '', poolUrl: poolUrl ?? url ?? '' }
    const server = { id, ...address, capacity, state, copyStrategy: copyStrategy ?? undefined }
    if (id === CENTRAL_SERVER) this.#centralPlace = server
    return server
  }
}

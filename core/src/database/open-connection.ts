import type { ClientConfig } from 'pg'
import { OneRoundClient } from './one-round-client.ts'
import { PooledConnection } from './pooled-connection.ts'
import { assertIdentity, type DatabaseIdentity } from './tenant-identity.ts'

/** What is needed to connect to a tenant's database. */
export interface TenantAddress {
  readonly databaseName: string
  readonly client: ClientConfig
  readonly identity: DatabaseIdentity
}

/**
 * Opens a connection and makes sure that it leads to the right database before anyone gets it.
 * @param timeout of connecting, in ms
 * @throws IsolationViolationError
 */
export async function openConnection(address: TenantAddress, timeout: number): Promise<PooledConnection> {
  const client = new OneRoundClient({ ...address.client, connectionTimeoutMillis: timeout })
  const connection = new PooledConnection(client)
  try {
    await client.connect()
    await assertIdentity(client, address.databaseName, address.identity)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

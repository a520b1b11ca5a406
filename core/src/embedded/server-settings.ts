/** What differs between embedded servers. */
export interface ServerSettings {
  readonly port: number
  /** Whether committed data survives a crash of the machine, not only of PostgreSQL; off is faster, for tests. */
  readonly durable: boolean
}

/** Text of the configuration file that PostgreSQL reads last. */
export function serverSettings({ port, durable }: ServerSettings): string {
  const lines = [
    `port = ${port}`,
    `listen_addresses = '127.0.0.1'`,
    `unix_socket_directories = ''`,
    `max_connections = 200`,
    `shared_buffers = 64MB`,
    `timezone = 'UTC'`,
    `log_timezone = 'UTC'`,
    `lc_messages = 'C'`,
    // With many databases a crash restart otherwise opens every file of each of them.
    `recovery_init_sync_method = syncfs`,
    // Autovacuum visits every database once per nap.
    `autovacuum_naptime = 5min`,
    `jit = off`,
    ...(durable ? [] : ['fsync = off', 'full_page_writes = off']),
  ]
  return `${lines.join('\n')}\n`
}

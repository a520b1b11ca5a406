/** A tenant's database was migrated by a newer version of the service, or by another service; it is left as it is. */
export class UnknownMigrationsError extends Error {
  constructor(names: readonly string[]) {
    super(`The database has migrations that this service does not know: ${names.join(', ')}`)
    this.name = 'UnknownMigrationsError'
  }
}

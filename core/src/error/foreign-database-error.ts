/** A database has a tenant's name but was not made for that tenant; it is never touched. */
export class ForeignDatabaseError extends Error {
  constructor(databaseName: string) {
    super(`The database ${databaseName} exists and was not made by mt-paas for this tenant`)
    this.name = 'ForeignDatabaseError'
  }
}

/** A database has a tenant's name but was not made for that tenant; it is never touched. */
export class ForeignDatabaseError extends Error {
  constructor(databaseName: string) {
    super(`The database ${databaseName} exists and was not made by mt-paas for this tenant`)
    this.name = 'ForeignDatabaseError'
  }
}

/** A role has the name of a tenant's database but was not made by mt-paas; it is never touched. */
export class ForeignRoleError extends Error {
  constructor(roleName: string) {
    super(`The role ${roleName} exists and was not made by mt-paas`)
    this.name = 'ForeignRoleError'
  }
}

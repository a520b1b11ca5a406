/** A database has a tenant's name but was not made for that tenant of this central database; it is never touched. */
export class ForeignDatabaseError extends Error {
  constructor(databaseName: string) {
    super(`The database ${databaseName} exists and was not made for this tenant of this central database`)
    this.name = 'ForeignDatabaseError'
  }
}

/** A role has the name of a tenant's database but was not made for it, as by another service with the same prefix; it is never touched. */
export class ForeignRoleError extends Error {
  constructor(roleName: string) {
    super(`The role ${roleName} exists and was not made for this central database`)
    this.name = 'ForeignRoleError'
  }
}

/** Names of databases cannot begin like this. */
export class InvalidDatabasePrefixError extends Error {
  constructor(prefix: string) {
    super(
      `The database prefix ${JSON.stringify(prefix)} must be small letters, digits and _, begin with a letter, end with _, ` +
        'have at most 15 bytes, and begin neither with pg_ nor with mt_',
    )
    this.name = 'InvalidDatabasePrefixError'
  }
}

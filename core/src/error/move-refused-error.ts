/** A tenant's database cannot be moved to another server as it is; nothing has changed. */
export class MoveRefusedError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MoveRefusedError'
  }

  /** Tables or code in it that the migrations did not make, so that a new database would lack them. */
  static differs(databaseName: string): MoveRefusedError {
    return new MoveRefusedError(
      `The schema of ${databaseName} is not that of the migrations; see the drift report, then move it`,
    )
  }

  static largeObjects(databaseName: string): MoveRefusedError {
    return new MoveRefusedError(`${databaseName} holds large objects, which are not copied`)
  }

  static inUse(databaseName: string): MoveRefusedError {
    return new MoveRefusedError(`${databaseName} is on no other server, so this is no copy that a move has left`)
  }
}

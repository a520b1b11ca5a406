/** Something of a multi-tenant service was used before its `init()` or after its `close()`. */
export class NotRunningError extends Error {
  constructor(member: string) {
    super(`mt.${member} was used while the service is not running: await mt.init() first`)
    this.name = 'NotRunningError'
  }
}

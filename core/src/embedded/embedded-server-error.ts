/** Why an embedded server cannot start or keep running. */
export type EmbeddedServerProblem =
  | 'port-taken'
  | 'in-use'
  | 'unsupported-platform'
  | 'no-account'
  | 'unreachable'
  | 'not-ours'
  | 'failed'

/** The embedded server cannot start; the message says what to do. */
export class EmbeddedServerError extends Error {
  readonly problem: EmbeddedServerProblem

  private constructor(problem: EmbeddedServerProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'EmbeddedServerError'
    this.problem = problem
  }

  static portTaken(port: number): EmbeddedServerError {
    return new EmbeddedServerError('port-taken', `Port ${port} on 127.0.0.1 is taken; choose another for PostgreSQL`)
  }

  static inUse(dataDir: string, pid: number): EmbeddedServerError {
    return new EmbeddedServerError(
      'in-use',
      `Another process runs the PostgreSQL (process ${pid}) of ${dataDir}; stop it or choose another data directory`,
    )
  }

  static unsupportedPlatform(platform: string, cause: unknown): EmbeddedServerError {
    return new EmbeddedServerError(
      'unsupported-platform',
      `No PostgreSQL is installed for ${platform}; install the optional dependencies, or set CENTRAL_DATABASE_URL`,
      cause,
    )
  }

  static noAccount(name: string, cause: unknown): EmbeddedServerError {
    return new EmbeddedServerError(
      'no-account',
      `PostgreSQL refuses to run as root, and the account ${name} could not be made; create it, or run as another user`,
      cause,
    )
  }

  static unreachable(path: string, account: string): EmbeddedServerError {
    return new EmbeddedServerError(
      'unreachable',
      `The account ${account}, which runs PostgreSQL for root, cannot reach ${path}; use a folder it can reach, run as another user, or set CENTRAL_DATABASE_URL`,
    )
  }

  static notOurs(dataDir: string): EmbeddedServerError {
    return new EmbeddedServerError(
      'not-ours',
      `${dataDir} holds files that are not an embedded PostgreSQL; choose another data directory`,
    )
  }

  /** `log` is the end of what PostgreSQL said. */
  static failed(step: string, log: string): EmbeddedServerError {
    return new EmbeddedServerError('failed', `PostgreSQL failed to ${step}:\n${log.trim()}`)
  }
}

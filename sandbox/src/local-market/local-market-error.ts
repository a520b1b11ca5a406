import { EmbeddedServerError } from '@mt-paas/core'
import { reasonOf } from '../cli/reason-of.ts'
import type { Dictionary } from '../text/index.ts'

type FailedTenants = readonly { readonly tenantId: string; readonly error: string }[]

/** The demo cannot go on; the message is in the reader's language and says what to do. */
export class LocalMarketError extends Error {
  private constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'LocalMarketError'
  }

  static portTaken({ sandbox }: Dictionary, port: number, option = '--port'): LocalMarketError {
    return new LocalMarketError(sandbox.portTaken(port, option))
  }

  /** An error of the embedded PostgreSQL; any other error stays as it is. */
  static ofDatabase({ sandbox }: Dictionary, error: unknown): unknown {
    if (!(error instanceof EmbeddedServerError)) return error
    return new LocalMarketError(sandbox.databaseProblem(error.problem, error.message), error)
  }

  static fileInUse({ sandbox }: Dictionary, file: string): LocalMarketError {
    return new LocalMarketError(sandbox.fileInUse(file))
  }

  static brokenSecrets({ sandbox }: Dictionary, file: string): LocalMarketError {
    return new LocalMarketError(sandbox.brokenSecrets(file))
  }

  /** Tenants of a service that could not be brought up to this version, each with why. */
  static tenantsOutdated({ sandbox }: Dictionary, title: string, failed: FailedTenants): LocalMarketError {
    const reasons = failed.map(({ tenantId, error }) => `  ${tenantId}: ${error}`).join('\n')
    return new LocalMarketError(sandbox.tenantsOutdated(title, reasons))
  }

  static databaseUnreachable({ sandbox }: Dictionary, error: unknown): LocalMarketError {
    return new LocalMarketError(sandbox.databaseUnreachable(reasonOf(error)), error)
  }

  /** `answer` is the status and, where there is one, the error's code: never a body, which may hold anything. */
  static unexpectedAnswer({ sandbox }: Dictionary, request: string, answer: string): LocalMarketError {
    return new LocalMarketError(sandbox.unexpectedAnswer(request, answer))
  }
}

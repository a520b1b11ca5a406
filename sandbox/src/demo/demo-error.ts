import { EmbeddedServerError } from '@mt-paas/core'
import { reasonOf } from '../cli/reason-of.ts'
import type { Dictionary } from '../text/index.ts'

/** The demo cannot go on; the message is in the reader's language and says what to do. */
export class DemoError extends Error {
  private constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DemoError'
  }

  static portTaken({ demo }: Dictionary, port: number, option = '--port'): DemoError {
    return new DemoError(demo.portTaken(port, option))
  }

  /** An error of the embedded PostgreSQL; any other error stays as it is. */
  static ofDatabase({ demo }: Dictionary, error: unknown): unknown {
    if (!(error instanceof EmbeddedServerError)) return error
    return new DemoError(demo.databaseProblem(error.problem, error.message), error)
  }

  static fileInUse({ sandbox }: Dictionary, file: string): DemoError {
    return new DemoError(sandbox.fileInUse(file))
  }

  static databaseUnreachable({ demo }: Dictionary, error: unknown): DemoError {
    return new DemoError(demo.databaseUnreachable(reasonOf(error)), error)
  }

  /** `answer` is the status and, where there is one, the error's code: never a body, which may hold anything. */
  static unexpectedAnswer({ demo }: Dictionary, request: string, answer: string): DemoError {
    return new DemoError(demo.unexpectedAnswer(request, answer))
  }
}

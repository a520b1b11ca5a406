import { ErrorCode } from '@mt-paas/server/contract'
import type { HttpAnswer } from '../http/http-answer.ts'
import { retryAfterOf } from '../http/retry-after.ts'
import type { ErrorReport } from './error-report.ts'
import { codeOfStatus, type ServiceErrorCode } from './service-error-code.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Reads an error answer over REST: ours, and the three shapes of the predecessors, whose `detail` is text, an
 * object or a list of issues. An answer that is none of them is known by its status.
 */
export function readErrorBody(answer: HttpAnswer, body: unknown, now: Date): ErrorReport {
  const { status } = answer
  const report = isObject(body) ? fromBody(body, status) : {}
  return {
    status,
    code: codeOfStatus(status),
    message: `The service answered with status ${status}`,
    details: null,
    requestId: answer.header('x-request-id') ?? null,
    retryAfter: retryAfterOf(answer, now),
    ...report,
  }
}

/** Reads the `data` of an error that came over the tRPC protocol. */
export function readErrorData(answer: HttpAnswer, message: string, options: ErrorDataOptions): ErrorReport {
  const { data, now } = options
  return readErrorBody(answer, { ...data, message }, now)
}

/** What {@link readErrorData} needs beside answer and message. */
export interface ErrorDataOptions {
  readonly data: Json
  readonly now: Date
}

function fromBody(body: Json, status: number): Partial<ErrorReport> {
  if (typeof body.error === 'string') return named(body, status)
  const { detail, message } = body
  if (typeof detail === 'string') return { message: detail }
  if (Array.isArray(detail)) {
    return { message: 'The request does not fit the contract', details: { issues: detail.filter(isObject).map(issue) } }
  }
  if (isObject(detail) && typeof detail.error === 'string') return named(detail, status)
  return typeof message === 'string' ? { message } : {}
}

/** A body with a code. One the contract does not know is kept beside the code of the status. */
function named(body: Json, status: number): Partial<ErrorReport> {
  const { error, message, request_id: requestId } = body
  const known = ErrorCode.safeParse(error)
  const code: ServiceErrorCode = known.success ? known.data : codeOfStatus(status)
  const details = isObject(body.details) ? body.details : null
  return {
    code,
    details: known.success ? details : { ...details, service_error: error },
    ...(typeof message === 'string' && { message }),
    ...(typeof requestId === 'string' && { requestId }),
  }
}

/** An issue of the predecessors, without the value they echo. */
function issue({ loc, msg }: Json): Json {
  return { loc: Array.isArray(loc) ? loc : [], message: typeof msg === 'string' ? msg : '' }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

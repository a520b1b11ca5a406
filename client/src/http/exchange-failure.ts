import { HttpFailure } from './http-failure.ts'

/** What undici failed with, as the failure of an exchange. */
export function exchangeFailure(cause: unknown): HttpFailure {
  if (cause instanceof HttpFailure) return cause
  if (codeOf(cause) === 'UND_ERR_CONNECT_TIMEOUT') return HttpFailure.timeout('connection', undefined)
  return beforeSending(cause) ? HttpFailure.notConnected(cause) : HttpFailure.cut(cause)
}

const NOT_SENT = /^(?:UND_ERR_CLOSED|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/
const CONNECTING = new Set(['connect', 'getaddrinfo'])

/** What fails while connecting has sent nothing; of everything else that cannot be said. */
function beforeSending(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(beforeSending)
  if (!(cause instanceof Error)) return false
  const { syscall } = cause as NodeJS.ErrnoException
  return (syscall !== undefined && CONNECTING.has(syscall)) || NOT_SENT.test(codeOf(cause))
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}

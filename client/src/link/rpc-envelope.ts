/** What an answer of the tRPC protocol holds. */
export interface Envelope {
  readonly data?: unknown
  readonly error?: { readonly message: string; readonly data: Readonly<Record<string, unknown>> }
}

/** Reads a parsed body: a result, or an error with a code and a message. Undefined for what is neither. */
export function envelopeOf(body: unknown): Envelope | undefined {
  if (!isObject(body)) return undefined
  if (!Object.hasOwn(body, 'error')) {
    const result = Object.hasOwn(body, 'result') ? body.result : undefined
    return isObject(result) ? { data: result.data } : undefined
  }
  const { error } = body
  if (!isObject(error) || typeof error.code !== 'number') return undefined
  const { message, data } = error
  return typeof message === 'string' && isObject(data) ? { error: { message, data } } : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

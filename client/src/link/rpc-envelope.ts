/** Whether a parsed body is an answer of the tRPC protocol: a result, or an error with a code and a message. */
export function isEnvelope(body: unknown): boolean {
  if (!isObject(body)) return false
  if (Object.hasOwn(body, 'result')) return isObject(body.result)
  const error = Object.hasOwn(body, 'error') ? body.error : undefined
  return isObject(error) && typeof error.code === 'number' && typeof error.message === 'string' && isObject(error.data)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

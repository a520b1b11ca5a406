import { compatOperations, type Method, type OperationName, operations } from '@mt-paas/server/contract'

/** Name of an operation of the standard or the compat paths. */
export type CompatName = keyof typeof compatOperations

/** Members of an operation's input by their wire names; anything may be tried. */
export type Members = Readonly<Record<string, unknown>>

/** Where an operation is, and what goes into its body. */
export interface OperationRequest {
  readonly method: Method
  /** Below the prefix, with its query. */
  readonly path: string
  readonly body: Members | undefined
}

/** The request of a standard operation. */
export function operationRequest(name: OperationName, members: Members): OperationRequest {
  return request(operations[name], members)
}

/** The request of a compat operation. */
export function compatRequest(name: CompatName, members: Members): OperationRequest {
  return request(compatOperations[name], members)
}

interface Described {
  readonly method: Method
  readonly path: string
  readonly repeatedInBody?: readonly string[]
}

function request({ method, path, repeatedInBody = [] }: Described, members: Members): OperationRequest {
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
  const filled = inPath.reduce(
    (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(members[name]))),
    path,
  )
  const beside = Object.entries(members).filter(([name]) => !inPath.includes(name) || repeatedInBody.includes(name))
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams(Object.fromEntries(beside.map(([name, value]) => [name, String(value)])))
    return { method, path: query.size > 0 ? `${filled}?${query}` : filled, body: undefined }
  }
  return { method, path: filled, body: Object.fromEntries(beside) }
}

import type { Access, Operation } from '../contract/index.ts'
import type { OpenApiOperation, RestMeta, RestOptions } from '../rest/index.ts'

/** Metadata of every procedure of the Standard API. A procedure without a rule of access does not compile. */
export interface StandardMeta extends RestMeta {
  readonly access: Access
  readonly openapi: OpenApiOperation & {
    readonly operationId: string
    readonly summary: string
    readonly tags: string[]
    readonly protect: boolean
  }
  readonly rest: RestOptions
}

/** The metadata of an operation of the contract. */
export function metaOf(name: string, operation: Operation): StandardMeta {
  const { access, method, path, summary, tag, status, body, repeatedInBody = [] } = operation
  return {
    access,
    openapi: { method, path, operationId: name, summary, tags: [tag], protect: access !== 'public' },
    rest: { status, repeatedInBody, ...(body && { body }) },
  }
}

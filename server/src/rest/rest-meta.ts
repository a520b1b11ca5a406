import type { Method } from '../contract/index.ts'

/** The part of trpc-openapi's `meta.openapi` that decides how a procedure is served. */
export interface OpenApiOperation {
  /** @default true */
  readonly enabled?: boolean
  readonly method: Method
  /** Parameters in braces: `/users/{user_id}`. */
  readonly path: `/${string}`
}

/** What `meta.rest` adds to it; all of it optional, so any router annotated for trpc-openapi can be served. */
export interface RestOptions {
  /** Status of success. @default 200 */
  readonly status?: number
  /** Whether a request without body is refused. @default required when a body member is required */
  readonly body?: 'required' | 'optional'
  /** Path parameters that the body must repeat; others are ignored in it. @default a differing value is refused */
  readonly repeatedInBody?: readonly string[]
}

/** Metadata of a procedure that is served over REST. */
export interface RestMeta {
  readonly openapi: OpenApiOperation
  readonly rest?: RestOptions
}

/** The metadata when it asks for a route, undefined when the procedure is for the tRPC protocol only. */
export function restMetaOf(meta: unknown): RestMeta | undefined {
  if (typeof meta !== 'object' || meta === null || !('openapi' in meta)) return undefined
  const { openapi } = meta
  if (typeof openapi !== 'object' || openapi === null) return undefined
  const candidate = meta as RestMeta
  return candidate.openapi.enabled === false ? undefined : candidate
}

import { type Method, operations } from '@mt-paas/server/contract'
import { z } from 'zod'
import type { RestRoute, RestRoutes } from './rest-route.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const Served = z.object({
  operationId: z.string(),
  requestBody: z.unknown().optional(),
})
const Document = z.object({
  openapi: z.string().startsWith('3.'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
})

type Json = Readonly<Record<string, unknown>>

/** How a served document is read. */
export interface OpenApiRoutesOptions {
  /** Taken off the front of the document's paths, so that the link's prefix is not there twice. @default '/mt' */
  readonly prefix?: string
}

/**
 * Routes of a served `openapi.json`, by `operationId`. Answers of operations that the contract knows are held to
 * it, others pass as they come.
 * @throws TypeError for what is not an OpenAPI 3 document
 */
export function routesFromOpenApi(document: unknown, options: OpenApiRoutesOptions = {}): RestRoutes {
  const { prefix = '/mt' } = options
  const read = Document.safeParse(document)
  if (!read.success) throw new TypeError('This is not an OpenAPI 3 document', { cause: read.error })
  const { paths, components } = read.data
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = Served.safeParse(item[method])
      if (!operation.success) return []
      const { operationId, requestBody } = operation.data
      const body = bodyMembers(requestBody, components?.schemas ?? {})
      const route = { method: method.toUpperCase() as Method, path: withoutPrefix(path, prefix) }
      return [[operationId, { ...route, ...repeated(path, body), ...outputOf(operationId) }] as const]
    }),
  )
  return Object.fromEntries(routes)
}

function withoutPrefix(path: string, prefix: string): string {
  return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
}

function repeated(path: string, body: readonly string[]): Pick<RestRoute, 'repeatedInBody'> {
  return { repeatedInBody: body.filter((name) => path.includes(`{${name}}`)) }
}

function outputOf(name: string): Pick<RestRoute, 'output'> {
  const known: Readonly<Record<string, { readonly output: z.ZodType }>> = operations
  return Object.hasOwn(known, name) && known[name] ? { output: known[name].output } : {}
}

/** Names of the members of a JSON body, also behind a reference to a schema of the document. */
function bodyMembers(requestBody: unknown, schemas: Json): readonly string[] {
  const schema = member(member(member(requestBody, 'content'), 'application/json'), 'schema')
  const reference = member(schema, '$ref')
  const target = typeof reference === 'string' ? schemas[reference.split('/').at(-1) ?? ''] : schema
  const properties = member(target, 'properties')
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

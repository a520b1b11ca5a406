import type { AnyTRPCRouter } from '@trpc/server'
import type { oas31 } from 'zod-openapi'
import { ErrorBody, type Operation, type OperationName, operations } from '../contract/index.ts'
import { type ProcedureDefinition, proceduresOf } from '../rest/procedure-definition.ts'
import { answerExamples } from './answer-examples.ts'
import { type DocumentSettings, documentSettings, type OpenApiDocumentOptions } from './document-options.ts'
import { type DocumentHead, generateDocument, type OpenApiDocument } from './generate-document.ts'
import { operationObject } from './operation-object.ts'
import { reachableSchemas } from './reachable-schemas.ts'
import { securitySchemes } from './security.ts'

const tagDescriptions: Readonly<Record<string, string>> = {
  health: 'Whether the service can work',
  lifecycle: 'A tenant begins, has a state, and ends',
  usage: 'What a tenant used in a month',
  stats: 'Totals, trends, costs and the most active users',
  users: 'The people of a tenant',
  resources: 'Courses, discussions, documents and sessions of a tenant',
  settings: 'Features, limits, branding and subscription of a tenant',
  billing: 'Metered usage and the bill of a month',
}

/**
 * The OpenAPI 3.1 document of `standardRouter` or `lifecycleRouter`, true to what `standardApi` and `lifecycleApi`
 * answer with the same options. Making it takes a moment: do it once.
 * @throws TypeError for a router with procedures that are not operations of the contract
 */
export function openApiDocument(router: AnyTRPCRouter, options: OpenApiDocumentOptions = {}): OpenApiDocument {
  const settings = documentSettings(options)
  const procedures = new Map(proceduresOf(router).map((definition) => [definition.name, definition]))
  const generated = generateDocument(router, headOf(settings))
  const schemas: Record<string, Schema> = { ...withExamples(generated.components?.schemas ?? {}) }
  const tags = new Set<string>()
  const paths: oas31.PathsObject = {}

  for (const [path, methods] of Object.entries(generated.paths ?? {})) {
    const item: Record<string, oas31.OperationObject> = {}
    for (const [method, raw] of Object.entries(methods as Readonly<Record<string, oas31.OperationObject>>)) {
      const { definition, operation } = operationOf(procedures, raw.operationId)
      const finished = operationObject(raw, { definition, operation, settings })
      item[method] = finished.object
      Object.assign(schemas, finished.schemas)
      tags.add(operation.tag)
    }
    paths[path] = item
  }

  const { openapi, info, servers = [], components = {} } = generated
  return {
    openapi,
    info,
    servers,
    tags: [...tags].map((name) => ({ name, description: tagDescriptions[name] ?? name })),
    paths,
    components: { ...components, headers, schemas: reachableSchemas(paths, schemas) },
  }
}

type Schema = oas31.SchemaObject | oas31.ReferenceObject

const headers: oas31.HeadersObject = {
  RequestId: {
    description: "The caller's X-Request-Id when it is harmless, else a new one; the service's log has it too",
    schema: { type: 'string' },
  },
  RetryAfter: {
    description: 'Seconds to wait before another try; absent where waiting does not help',
    schema: { type: 'integer', minimum: 0 },
  },
}

function headOf(settings: DocumentSettings): DocumentHead {
  const { title, version, description, prefix } = settings
  return {
    title,
    version,
    description,
    serverUrl: prefix === '' ? '/' : prefix,
    securitySchemes: securitySchemes(settings),
    models: { ErrorBody },
  }
}

function withExamples(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const examples: Readonly<Record<string, unknown>> = answerExamples
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const example = examples[id]
      return [id, example === undefined || 'example' in schema ? schema : { ...schema, example }]
    }),
  )
}

function operationOf(procedures: ReadonlyMap<string, ProcedureDefinition>, name = '') {
  const definition = procedures.get(name)
  const operation: Operation | undefined = Object.hasOwn(operations, name)
    ? operations[name as OperationName]
    : undefined
  if (!definition || !operation) throw new TypeError(`${name} is not an operation of the contract`)
  return { definition, operation }
}

// biome-ignore lint/style/noRestrictedImports: ajv's entry point for the dialect of OpenAPI 3.1
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { oas31 } from 'zod-openapi'
import type { OpenApiDocument } from './generate-document.ts'

/** One operation of a document, with the place where it stands. */
export interface DocumentedOperation {
  readonly path: string
  readonly method: string
  readonly object: oas31.OperationObject
}

/** The operations of a document. */
export function operationsOf(document: OpenApiDocument): readonly DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Readonly<Record<string, oas31.OperationObject>>).map(([method, object]) => ({
      path,
      method,
      object,
    })),
  )
}

/** Gives the first reason why a body is not the JSON that an operation answers a status with. */
export function answerValidator(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'document', undefined, false)
  return function reasonAgainst({ path, method }: DocumentedOperation, status: number | string, body: unknown): string {
    const pointer = ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema']
    const validate = ajv.compile({ $ref: `document#/${pointer.map(escapeKey).join('/')}` })
    return validate(body) ? '' : ajv.errorsText(validate.errors)
  }
}

/** Gives the first reason why a value does not fit a schema that may refer to others of the document. */
export function schemaValidator(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  return function reasonAgainst(schema: unknown, value: unknown): string {
    const validate = ajv.compile({ ...Object(schema), components: document.components })
    return validate(value) ? '' : ajv.errorsText(validate.errors)
  }
}

function escapeKey(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}

import type { oas31 } from 'zod-openapi'
import type { Operation } from '../contract/index.ts'
import { errorResponses } from './error-responses.ts'
import type { OperationSource } from './operation-source.ts'
import { requestParts } from './request-parts.ts'
import { securityOf } from './security.ts'

/** One operation of the document. */
export interface FinishedOperation {
  readonly object: oas31.OperationObject
  /** Components it adds. */
  readonly schemas: Readonly<Record<string, oas31.SchemaObject>>
}

/** Makes the generator's operation true: security, parameters, body, and every answer. */
export function operationObject(raw: oas31.OperationObject, source: OperationSource): FinishedOperation {
  const { operation, settings } = source
  const { parameters: own, requestBody, schemas } = requestParts(raw, operation)
  const parameters = settings.idempotent && operation.type === 'mutation' ? [...own, idempotencyKey] : own
  const { responses: _replaced, ...rest } = raw
  return {
    object: {
      ...rest,
      security: securityOf(operation.access, settings),
      ...(parameters.length > 0 && { parameters }),
      ...(requestBody && { requestBody }),
      responses: { [operation.status]: successOf(raw, operation), ...errorResponses(source) },
    },
    schemas,
  }
}

const idempotencyKey: oas31.ParameterObject = {
  in: 'header',
  name: 'Idempotency-Key',
  description:
    'A name for this one request: sent again within a day, it has no effect again and gets the same answer, with the header `Idempotent-Replay`',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' },
}

function successOf({ responses = {} }: oas31.OperationObject, { summary }: Operation): oas31.ResponseObject {
  const generated: oas31.ResponseObject = responses['200']
  return {
    description: summary,
    headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
    ...(generated.content && { content: generated.content }),
  }
}

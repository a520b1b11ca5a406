import type { z } from 'zod'
import type { oas31 } from 'zod-openapi'
import {
  ActivateRequest,
  CreateUserRequest,
  DeactivateRequest,
  type Operation,
  UpdateSettingsRequest,
  UpdateUserRequest,
} from '../contract/index.ts'

/** What a caller sends. */
export interface RequestParts {
  readonly parameters: oas31.ParameterObject[]
  readonly requestBody: oas31.RequestBodyObject | undefined
  /** The body's model, by its name. */
  readonly schemas: Readonly<Record<string, oas31.SchemaObject>>
}

type Shape = Readonly<Record<string, z.ZodType>>
type Properties = Readonly<Record<string, oas31.SchemaObject>>

const bodyModels: readonly z.ZodObject[] = [
  ActivateRequest,
  DeactivateRequest,
  CreateUserRequest,
  UpdateUserRequest,
  UpdateSettingsRequest,
]

/**
 * Parameters and body as the operation reads them. The generator forgets the defaults of preprocessed members, the
 * model behind the body, its example, and the parts of the path that the body repeats.
 */
export function requestParts(raw: oas31.OperationObject, operation: Operation): RequestParts {
  const parameters = (raw.parameters ?? []) as readonly oas31.ParameterObject[]
  const shape: Shape = operation.input.shape
  const repeated = operation.repeatedInBody ?? []
  const body = bodyOf(raw, { parameters, shape, repeated })
  return {
    parameters: parameters.map((parameter) =>
      repeated.includes(parameter.name) ? onlyInPath(parameter, body?.schema) : withDefault(parameter, shape),
    ),
    requestBody: body && {
      required: operation.body === 'required',
      content: { 'application/json': { schema: body.id ? { $ref: `#/components/schemas/${body.id}` } : body.schema } },
    },
    schemas: body?.id ? { [body.id]: body.schema } : {},
  }
}

interface BodySource {
  readonly parameters: readonly oas31.ParameterObject[]
  readonly shape: Shape
  readonly repeated: readonly string[]
}

interface Body {
  readonly id: string | undefined
  readonly schema: oas31.SchemaObject
}

function bodyOf({ requestBody }: oas31.OperationObject, source: BodySource): Body | undefined {
  if (!requestBody || !('content' in requestBody)) return undefined
  const generated = requestBody.content['application/json']?.schema
  if (!generated || '$ref' in generated) return undefined
  const { parameters, shape, repeated } = source
  const fromPath = parameters.filter(({ name }) => repeated.includes(name))
  const found: Properties = {
    ...Object.fromEntries(fromPath.map(({ name, schema }) => [name, schema as oas31.SchemaObject])),
    ...(generated.properties as Properties),
  }
  const names = Object.keys(shape).filter((name) => name in found)
  const required = names.filter((name) => repeated.includes(name) || generated.required?.includes(name))
  const meta: Readonly<Record<string, unknown>> = modelOf(names, shape)?.meta() ?? {}
  const { id, example } = meta
  return {
    id: typeof id === 'string' ? id : undefined,
    schema: {
      ...generated,
      properties: Object.fromEntries(names.map((name) => [name, defaulted(found[name] ?? {}, shape[name])])),
      ...(required.length > 0 && { required }),
      ...(example !== undefined && { example }),
    },
  }
}

/** The model whose members, the very same schemas, make up the body. */
function modelOf(names: readonly string[], shape: Shape): z.ZodObject | undefined {
  return bodyModels.find(({ shape: model }) => {
    const members = Object.keys(model)
    return members.length === names.length && members.every((name) => model[name] === shape[name])
  })
}

function withDefault(parameter: oas31.ParameterObject, shape: Shape): oas31.ParameterObject {
  return { ...parameter, schema: defaulted(parameter.schema ?? {}, shape[parameter.name]) }
}

function defaulted(
  schema: oas31.SchemaObject | oas31.ReferenceObject,
  model: z.ZodType | undefined,
): oas31.SchemaObject | oas31.ReferenceObject {
  const left = model?.safeParse(undefined)
  if (left?.data === undefined || 'default' in schema) return schema
  return { ...schema, default: left.data } as oas31.SchemaObject
}

function onlyInPath(
  { name, required }: oas31.ParameterObject,
  body: oas31.SchemaObject | undefined,
): oas31.ParameterObject {
  const example: unknown = Object(body?.example)[name]
  return {
    in: 'path',
    name,
    ...(required && { required }),
    description: 'Must equal the member of the body',
    schema: { type: 'string', minLength: 1, ...(example !== undefined && { example }) },
  }
}

import type { z } from 'zod'
import { type LocateIssue, StandardApiError, wirePath } from '../error/index.ts'
import { type Coercion, coercionFor, withoutWrappers } from './coercion.ts'
import type { ProcedureDefinition } from './procedure-definition.ts'
import { parseQuery, readPlainQuery } from './query.ts'
import type { RestMeta } from './rest-meta.ts'

/** How the input of one procedure is put together from a request; made once at start. */
export interface InputPlan {
  /** Where what is not in the path comes from; nothing is read from elsewhere. */
  readonly source: 'query' | 'body' | 'none'
  readonly locate: LocateIssue
  fromQuery(path: Readonly<Record<string, string>>, query: string): unknown
  /** @throws StandardApiError 400 when path and body disagree, 422 when the body cannot be an input */
  fromBody(path: Readonly<Record<string, string>>, body: unknown): unknown
}

/**
 * @throws TypeError when the procedure's input cannot be read from a request
 */
export function createInputPlan(definition: ProcedureDefinition, { openapi, rest }: RestMeta): InputPlan {
  const shape = inputShape(definition)
  const pathNames = [...openapi.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')
  const unknownName = shape && pathNames.find((name) => !(name in shape))
  if (unknownName !== undefined) throw new TypeError(`${definition.name}: the input lacks ${unknownName} of the path`)

  const coercions = new Map<string, Coercion>()
  for (const [name, schema] of Object.entries(shape ?? {})) coercions.set(name, coercionFor(schema))
  const repeated = new Set(rest?.repeatedInBody ?? [])
  const pathOnly = pathNames.filter((name) => !repeated.has(name))
  // A contract that says which names the body repeats treats other names of the path as unknown members.
  const comparedNames = rest?.repeatedInBody ? [] : pathOnly
  const takesBody = openapi.method !== 'GET' && openapi.method !== 'DELETE'
  const membersBeside = Object.keys(shape ?? {}).filter((name) => !pathOnly.includes(name))
  const source = membersBeside.length === 0 && !isOpen(definition) ? 'none' : takesBody ? 'body' : 'query'
  const bodyRequired = rest?.body ? rest.body === 'required' : membersBeside.some((name) => isRequired(shape?.[name]))
  const place = source === 'query' ? 'query' : 'body'
  const coerced = (name: string, value: string | string[]) => coercions.get(name)?.(value) ?? value

  function pathInput(path: Readonly<Record<string, string>>, into: Record<string, unknown>): unknown {
    for (const name of pathOnly) into[name] = coerced(name, path[name] ?? '')
    return into
  }

  return {
    source,
    locate(path) {
      const [first] = path
      const inPath = typeof first === 'string' && pathOnly.includes(first)
      return [inPath ? 'path' : place, ...wirePath(path)]
    },
    fromQuery(path, text) {
      if (!shape) return undefined
      const input: Record<string, unknown> = {}
      if (text === '' || readPlainQuery(text, input, coerced)) return pathInput(path, input)
      const query = parseQuery(text)
      for (const name in query) {
        const value = query[name]
        if (value !== undefined && name !== '__proto__') input[name] = coerced(name, value)
      }
      return pathInput(path, input)
    },
    fromBody(path, body) {
      if (!shape) return undefined
      if (body === undefined || body === null) {
        if (bodyRequired) throw StandardApiError.invalidRequest([{ loc: ['body'], message: 'Field required' }])
        return pathInput(path, {})
      }
      if (!isPlainObject(body)) {
        throw StandardApiError.invalidRequest([{ loc: ['body'], message: 'Invalid input: expected object' }])
      }
      for (const name of comparedNames) {
        if (Object.hasOwn(body, name)) assertSame(name, body[name], coerced(name, path[name] ?? ''))
      }
      for (const name of repeated) assertRepeated(definition, name, { body, path })
      return pathInput(path, { ...body })
    },
  }
}

function inputShape({ name, inputs }: ProcedureDefinition): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const [only] = inputs
  if (!only) return {}
  if (inputs.length === 1 && isVoid(only)) return undefined
  const shapes = inputs.map((input) => {
    const schema = objectBelow(input)
    if (!schema) throw new TypeError(`${name}: the input of a REST procedure must be an object`)
    return schema._zod.def.shape
  })
  return Object.assign({}, ...shapes)
}

function isVoid(schema: z.core.$ZodType): boolean {
  return ['void', 'undefined', 'never'].includes(withoutWrappers(schema)._zod.def.type)
}

function objectBelow(schema: z.core.$ZodType): z.core.$ZodObject | undefined {
  const inner = withoutWrappers(schema)
  if (inner._zod.def.type === 'object') return inner as z.core.$ZodObject
  if (inner._zod.def.type !== 'pipe') return undefined
  const { in: before, out: after } = (inner as z.core.$ZodPipe)._zod.def
  return objectBelow(before) ?? objectBelow(after)
}

/** Whether the input takes members that it does not name. */
function isOpen({ inputs }: ProcedureDefinition): boolean {
  return inputs.some((input) => {
    const catchall = objectBelow(input)?._zod.def.catchall
    return catchall !== undefined && catchall._zod.def.type !== 'never'
  })
}

function isRequired(schema: z.core.$ZodType | undefined): boolean {
  return schema !== undefined && schema._zod.optin === undefined
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function assertSame(name: string, inBody: unknown, inPath: unknown): void {
  const same = inBody === inPath || (typeof inBody !== 'object' && String(inBody) === String(inPath))
  if (!same) throw StandardApiError.contradiction(name)
}

interface Repetition {
  readonly body: Readonly<Record<string, unknown>>
  readonly path: Readonly<Record<string, string>>
}

/** A body that does not fit at all is told so first; the procedure's own validation says how. */
function assertRepeated({ inputs }: ProcedureDefinition, name: string, { body, path }: Repetition): void {
  if (body[name] === path[name]) return
  const fits = inputs.every((input) => safeFits(input, body))
  if (fits) throw StandardApiError.contradiction(name)
}

/** What only a promise can tell counts as fitting: a contradiction must not slip through. */
function safeFits(schema: z.core.$ZodType, value: unknown): boolean {
  const result = schema['~standard'].validate(value)
  return result instanceof Promise || !result.issues
}

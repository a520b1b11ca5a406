import type { z } from 'zod'

/** Turns the text of a path or query value into what its schema expects, or leaves it for the schema to refuse. */
export type Coercion = (value: string | string[]) => unknown

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const INTEGER = /^[+-]?\d+$/

/** The coercion of one field, prepared once; the schema itself is never changed. */
export function coercionFor(schema: z.core.$ZodType): Coercion {
  const inner = withoutWrappers(schema)
  if (inner._zod.def.type === 'array') {
    const item = scalarCoercion((inner as z.core.$ZodArray)._zod.def.element)
    return (value) => (typeof value === 'string' ? [item(value)] : value.map(item))
  }
  const scalar = scalarCoercion(inner)
  return (value) => scalar(typeof value === 'string' ? value : (value.at(-1) ?? ''))
}

function scalarCoercion(schema: z.core.$ZodType): (text: string) => unknown {
  switch (withoutWrappers(schema)._zod.def.type) {
    case 'number':
    case 'int':
      return (text) => (NUMBER.test(text) ? Number(text) : text)
    case 'boolean':
      return toBoolean
    case 'bigint':
      return (text) => (INTEGER.test(text) ? BigInt(text) : text)
    case 'date':
      return toDate
    default:
      return (text) => text
  }
}

function toBoolean(text: string): unknown {
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : text
}

function toDate(text: string): unknown {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : date
}

/** The schema below optional, nullable, default and the like. A preprocess stays: it reads text by itself. */
export function withoutWrappers(schema: z.core.$ZodType): z.core.$ZodType {
  const def: unknown = schema._zod.def
  const wrapped = typeof def === 'object' && def !== null && 'innerType' in def ? def.innerType : undefined
  return isZodSchema(wrapped) ? withoutWrappers(wrapped) : schema
}

/** Whether `value` is a schema of zod 4. */
export function isZodSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

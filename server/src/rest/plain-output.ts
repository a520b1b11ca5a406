import type { z } from 'zod'

const UNREPRESENTABLE = new Set(['bigint', 'map', 'set', 'symbol', 'file', 'promise', 'function'])

/** The first place of an output schema that JSON cannot carry, such as `users[].id: bigint`. */
export function unrepresentablePart(schema: z.core.$ZodType): string | undefined {
  return search(schema, '', new Set())
}

function search(schema: z.core.$ZodType, path: string, seen: Set<z.core.$ZodType>): string | undefined {
  if (seen.has(schema)) return undefined
  seen.add(schema)
  const def = (schema as z.core.$ZodTypes)._zod.def
  if (UNREPRESENTABLE.has(def.type)) return `${path || 'output'}: ${def.type}`
  for (const [part, child] of childrenOf(def)) {
    const found = search(child, `${path}${part}`, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function childrenOf(def: z.core.$ZodTypes['_zod']['def']): readonly (readonly [string, z.core.$ZodType])[] {
  switch (def.type) {
    case 'object':
      return [...Object.entries(def.shape).map(named), ...(def.catchall ? [['{}', def.catchall] as const] : [])]
    case 'array':
      return [['[]', def.element]]
    case 'record':
      return [['{}', def.valueType]]
    case 'union':
      return def.options.map((option) => ['', option])
    case 'tuple':
      return [...def.items, ...(def.rest ? [def.rest] : [])].map((item, index) => [`[${index}]`, item])
    case 'intersection':
      return [
        ['', def.left],
        ['', def.right],
      ]
    case 'lazy':
      return [['', def.getter()]]
    case 'pipe':
      return [['', def.out]]
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return [['', def.innerType]]
    default:
      return []
  }
}

function named([name, child]: [string, z.core.$ZodType]): readonly [string, z.core.$ZodType] {
  return [`.${name}`, child]
}

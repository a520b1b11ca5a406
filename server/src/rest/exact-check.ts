import type { z } from 'zod'

/** Whether a value is already what parsing it would give: every member there, in order, and none besides. */
export type ExactCheck = (value: unknown) => boolean

/**
 * The check of a schema, made once. Undefined when the schema has a part that is not known here, such as a
 * transformation; `false` may also mean that only parsing can tell.
 */
export function exactCheckFor(schema: z.core.$ZodType): ExactCheck | undefined {
  return checkFor(schema, [])
}

/** `around` are the schemas on the way here; one that holds itself is left to the schema. */
function checkFor(schema: z.core.$ZodType, around: readonly z.core.$ZodType[]): ExactCheck | undefined {
  if (around.includes(schema)) return undefined
  const { def } = (schema as z.core.$ZodTypes)._zod
  const within = [...around, schema]
  function over(inner: z.core.$ZodType, make: (check: ExactCheck) => ExactCheck): ExactCheck | undefined {
    const check = checkFor(inner, within)
    return check && make(check)
  }
  switch (def.type) {
    case 'string':
      return isPlain(def) && !('format' in def) ? isString : undefined
    case 'number':
      return numberCheck(def)
    case 'boolean':
      return isPlain(def) ? isBoolean : undefined
    case 'enum':
      return isPlain(def) ? enumCheck(def) : undefined
    case 'unknown':
    case 'any':
      return isPlain(def) ? () => true : undefined
    case 'nullable':
      return over(def.innerType, (check) => (value) => value === null || check(value))
    case 'optional':
      // What an optional default makes of undefined is for the schema to say.
      if (def.innerType._zod.optin !== undefined) return checkFor(def.innerType, within)
      return over(def.innerType, (check) => (value) => value === undefined || check(value))
    case 'default':
    case 'prefault':
      return over(def.innerType, (check) => (value) => value !== undefined && check(value))
    case 'array':
      return isPlain(def) ? over(def.element, arrayCheck) : undefined
    case 'record':
      return isPlain(def) && checkFor(def.keyType, []) === isString ? over(def.valueType, recordCheck) : undefined
    case 'object':
      return isPlain(def) ? objectCheck(def, (part) => checkFor(part, within)) : undefined
    default:
      return undefined
  }
}

function isPlain(def: z.core.$ZodTypeDef): boolean {
  return !def.checks || def.checks.length === 0
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}

/** Of the checks a number can have, only being whole is known here. */
function numberCheck(def: z.core.$ZodNumberDef): ExactCheck | undefined {
  const checks = def.checks ?? []
  if ('format' in def) return undefined
  if (checks.length === 0) return Number.isFinite
  return checks.every(isWholeCheck) ? Number.isInteger : undefined
}

function isWholeCheck(check: z.core.$ZodCheck): boolean {
  return 'fn' in check._zod.def && check._zod.def.fn === Number.isInteger
}

function enumCheck(def: z.core.$ZodEnumDef): ExactCheck {
  const values = new Set<unknown>(Object.values(def.entries))
  return (value) => values.has(value)
}

function arrayCheck(check: ExactCheck): ExactCheck {
  return function isExactArray(value) {
    if (!Array.isArray(value) || Object.getPrototypeOf(value) !== Array.prototype || 'toJSON' in value) return false
    for (let at = 0; at < value.length; at++) if (!check(value[at])) return false
    return true
  }
}

function recordCheck(check: ExactCheck): ExactCheck {
  return function isExactRecord(value) {
    if (!isPlainObject(value)) return false
    for (const key in value) if (!isOrdinary(key) || !check(value[key])) return false
    return true
  }
}

type CheckOf = (schema: z.core.$ZodType) => ExactCheck | undefined

function objectCheck({ shape, catchall }: z.core.$ZodObjectDef, checkOf: CheckOf): ExactCheck | undefined {
  const rest = catchall && checkOf(catchall)
  if (catchall && !rest) return undefined
  const names = Object.keys(shape)
  if (!names.every(isOrdinary)) return undefined
  const checks: ExactCheck[] = []
  for (const schema of Object.values(shape)) {
    const check = checkOf(schema)
    if (!check) return undefined
    checks.push(check)
  }
  return function isExactObject(value) {
    if (!isPlainObject(value)) return false
    let at = 0
    // The order is the schema's, so a member in another place, missing or unknown is seen by its name alone.
    for (const key in value) {
      const check = at < names.length ? checks[at] : rest
      if (!check || (at < names.length ? key !== names[at] : !isOrdinary(key))) return false
      if (!check(value[key])) return false
      at++
    }
    return at >= names.length
  }
}

/** An object of the language's own kind, which `JSON.stringify` writes member by member. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Names that neither parsing nor `JSON.stringify` treats in a way of its own. */
function isOrdinary(key: string): boolean {
  return key !== '__proto__' && key !== 'toJSON'
}

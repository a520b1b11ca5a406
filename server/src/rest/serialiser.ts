import type { z } from 'zod'

/**
 * Writes a value as JSON and checks it in the same pass. Undefined when the value does not fit, or is of a kind
 * better left to the schema; then the schema itself has the say.
 */
export type Serialise = (value: unknown) => string | undefined

/**
 * The serialiser of a schema, made once. Its text is what parsing and `JSON.stringify` would give. Undefined when
 * the schema has a part that is not known here, such as a transformation.
 */
export function serialiserFor(schema: z.core.$ZodType): Serialise | undefined {
  const write = writerFor(schema)
  if (!write) return undefined
  return function serialise(value) {
    try {
      return write(value)
    } catch {
      return undefined
    }
  }
}

/** Writes what fits; null stands for a member that is left out, undefined for what does not fit. */
type Write = (value: unknown) => string | null | undefined
type Writer = (value: unknown) => string | undefined

function writerFor(schema: z.core.$ZodType): Writer | undefined {
  const write = partFor(schema, [])
  return write && ((value) => write(value) ?? undefined)
}

/** `around` are the schemas on the way here; one that holds itself is left to the schema. */
function partFor(schema: z.core.$ZodType, around: readonly z.core.$ZodType[]): Write | undefined {
  if (around.includes(schema)) return undefined
  const { def } = (schema as z.core.$ZodTypes)._zod
  const within = [...around, schema]
  function over(inner: z.core.$ZodType, make: (write: Write) => Write): Write | undefined {
    const write = partFor(inner, within)
    return write && make(write)
  }
  switch (def.type) {
    case 'string':
      return isPlain(def) && !('format' in def) ? writeString : undefined
    case 'number':
      return numberWriter(def)
    case 'boolean':
      return isPlain(def) ? writeBoolean : undefined
    case 'enum':
      return isPlain(def) ? enumWriter(def) : undefined
    case 'unknown':
    case 'any':
      return isPlain(def) ? writeAnything : undefined
    case 'nullable':
      return over(def.innerType, (write) => (value) => (value === null ? 'null' : write(value)))
    case 'optional':
      return over(def.innerType, (write) => (value) => write(value) ?? (value === undefined ? null : undefined))
    case 'default':
      return over(
        def.innerType,
        (write) => (value) => (value === undefined ? JSON.stringify(def.defaultValue) : write(value)),
      )
    case 'prefault':
      return over(def.innerType, (write) => (value) => write(value === undefined ? def.defaultValue : value))
    case 'array':
      return isPlain(def) ? over(def.element, arrayWriter) : undefined
    case 'record':
      return isPlain(def) && isAnyText(def.keyType) ? over(def.valueType, recordWriter) : undefined
    case 'object':
      return isPlain(def) ? objectWriter(def, (part) => partFor(part, within)) : undefined
    default:
      return undefined
  }
}

function isPlain(def: z.core.$ZodTypeDef): boolean {
  return !def.checks || def.checks.length === 0
}

function isAnyText(schema: z.core.$ZodType): boolean {
  return partFor(schema, []) === writeString
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON writes them as escapes
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/

function writeString(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return NEEDS_ESCAPE.test(value) ? JSON.stringify(value) : `"${value}"`
}

/** Whether a member may be missing is for the schema to say. */
function writeAnything(value: unknown): string | undefined {
  return JSON.stringify(value)
}

function writeBoolean(value: unknown): string | undefined {
  if (value === true) return 'true'
  return value === false ? 'false' : undefined
}

/** Of the checks a number can have, only being whole is known here. */
function numberWriter(def: z.core.$ZodNumberDef): Write | undefined {
  const checks = def.checks ?? []
  if ('format' in def) return undefined
  if (checks.length === 0) return (value) => (Number.isFinite(value) ? String(value) : undefined)
  return checks.every(isWholeCheck) ? (value) => (Number.isInteger(value) ? String(value) : undefined) : undefined
}

function isWholeCheck(check: z.core.$ZodCheck): boolean {
  return 'fn' in check._zod.def && check._zod.def.fn === Number.isInteger
}

function enumWriter(def: z.core.$ZodEnumDef): Write {
  const texts = new Map<unknown, string>()
  for (const value of Object.values(def.entries)) texts.set(value, JSON.stringify(value))
  return (value) => texts.get(value)
}

function arrayWriter(write: Write): Write {
  return function writeArray(value) {
    if (!Array.isArray(value)) return undefined
    let text = '['
    for (let at = 0; at < value.length; at++) {
      const item = write(value[at])
      if (item === undefined) return undefined
      text += `${at === 0 ? '' : ','}${item ?? 'null'}`
    }
    return `${text}]`
  }
}

const INTEGER_KEY = /^\d/

/** Keys that look like integers change places in an object; values with them are left to the schema. */
function isOrdered(key: string): boolean {
  return key !== '__proto__' && !INTEGER_KEY.test(key)
}

function recordWriter(write: Write): Write {
  return function writeRecord(value) {
    if (!isPlainObject(value)) return undefined
    const members: string[] = []
    for (const key of Object.keys(value)) {
      const member = write(value[key])
      if (member === undefined || !isOrdered(key)) return undefined
      if (member !== null) members.push(`${JSON.stringify(key)}:${member}`)
    }
    return `{${members.join(',')}}`
  }
}

type PartWriter = (schema: z.core.$ZodType) => Write | undefined

function objectWriter({ shape, catchall }: z.core.$ZodObjectDef, writerOf: PartWriter): Write | undefined {
  const rest = catchall && writerOf(catchall)
  if (catchall && !rest) return undefined
  const names = Object.keys(shape)
  if (!names.every(isOrdered)) return undefined
  const members: { readonly name: string; readonly head: string; readonly write: Write }[] = []
  for (const name of names) {
    const child = shape[name]
    const write = child && writerOf(child)
    if (!write) return undefined
    members.push({ name, head: `${JSON.stringify(name)}:`, write })
  }
  const known = new Set(names)
  return function writeObject(value) {
    if (!isRecord(value)) return undefined
    let text = ''
    for (const { name, head, write } of members) {
      const member = write(value[name])
      if (member === undefined) return undefined
      if (member !== null) text += `${text === '' ? '' : ','}${head}${member}`
    }
    if (!rest) return `{${text}}`
    for (const key in value) {
      if (known.has(key)) continue
      const member = rest(value[key])
      if (member === undefined || !isOrdered(key)) return undefined
      if (member !== null) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${member}`
    }
    return `{${text}}`
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
}

import { z } from 'zod'
import { CheckSource } from './check-source.ts'

/** Whether a value is already what parsing it would give: every member there, in order, and none besides. */
export type ExactCheck = (value: unknown) => boolean

/**
 * The check of a schema, made once: a function written for this schema, because one that is put together of others
 * takes several times as long. Undefined when the schema has a part that is not known here, such as a transformation,
 * or where code must not be made from text; `false` may also mean that only parsing can tell.
 */
export function exactCheckFor(schema: z.core.$ZodType): ExactCheck | undefined {
  if (z.core.globalConfig.jitless) return undefined
  const source = new CheckSource()
  const statements = write(schema, 'value', { source, around: [] })
  return statements === undefined ? undefined : source.compile(statements)
}

interface Place {
  readonly source: CheckSource
  /** The schemas on the way here; one that holds itself is left to the schema. */
  readonly around: readonly z.core.$ZodType[]
}

const REFUSE = 'return false;'

/** Statements that refuse what `value`, an expression without effects, must not be. */
function write(schema: z.core.$ZodType, value: string, place: Place): string | undefined {
  if (place.around.includes(schema)) return undefined
  const { def } = (schema as z.core.$ZodTypes)._zod
  const within = { ...place, around: [...place.around, schema] }
  function over(inner: z.core.$ZodType, wrap: (statements: string) => string): string | undefined {
    const statements = write(inner, value, within)
    return statements === undefined ? undefined : wrap(statements)
  }
  switch (def.type) {
    case 'string':
      return writeString(def, value)
    case 'number':
      return writeNumber(def, value)
    case 'boolean':
      return isPlain(def) ? refuseUnless(`typeof ${value} === 'boolean'`) : undefined
    case 'enum':
      return isPlain(def) ? writeEnum(def, value, place.source) : undefined
    case 'unknown':
    case 'any':
      return isPlain(def) ? '' : undefined
    case 'nullable':
      return over(def.innerType, (statements) => `if (${value} !== null) {${statements}}`)
    case 'optional':
      // What an optional default makes of undefined is for the schema to say.
      if (def.innerType._zod.optin !== undefined) return over(def.innerType, (statements) => statements)
      return over(def.innerType, (statements) => `if (${value} !== undefined) {${statements}}`)
    case 'default':
    case 'prefault':
      return over(def.innerType, (statements) => `${refuseUnless(`${value} !== undefined`)}${statements}`)
    case 'array':
      return isPlain(def) ? writeArray(def, value, within) : undefined
    case 'record':
      return isPlain(def) && isPlainString(def.keyType) ? writeRecord(def, value, within) : undefined
    case 'object':
      return isPlain(def) ? writeObject(def, value, within) : undefined
    default:
      return undefined
  }
}

function refuseUnless(condition: string): string {
  return `if (!(${condition})) ${REFUSE}`
}

function isPlain(def: z.core.$ZodTypeDef): boolean {
  return !def.checks || def.checks.length === 0
}

function isPlainString(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return def.type === 'string' && isPlain(def) && !('format' in def)
}

/** Of the checks a text can have, only bounds of its length are known here. */
function writeString(def: z.core.$ZodStringDef, value: string): string | undefined {
  if ('format' in def) return undefined
  const bounds = (def.checks ?? []).map((check) => lengthBound(check, value))
  if (bounds.includes(undefined)) return undefined
  return refuseUnless([`typeof ${value} === 'string'`, ...bounds].join(' && '))
}

function lengthBound({ _zod: { def } }: z.core.$ZodCheck, text: string): string | undefined {
  if (isMinLength(def)) return `${text}.length >= ${def.minimum}`
  return isMaxLength(def) ? `${text}.length <= ${def.maximum}` : undefined
}

function isMinLength(def: z.core.$ZodCheckDef): def is z.core.$ZodCheckMinLengthDef {
  return def.check === 'min_length'
}

function isMaxLength(def: z.core.$ZodCheckDef): def is z.core.$ZodCheckMaxLengthDef {
  return def.check === 'max_length'
}

/** Of the checks a number can have, only being whole is known here. */
function writeNumber(def: z.core.$ZodNumberDef, value: string): string | undefined {
  const checks = def.checks ?? []
  if ('format' in def) return undefined
  if (checks.length === 0) return refuseUnless(`Number.isFinite(${value})`)
  return checks.every(isWholeCheck) ? refuseUnless(`Number.isInteger(${value})`) : undefined
}

function isWholeCheck(check: z.core.$ZodCheck): boolean {
  return 'fn' in check._zod.def && check._zod.def.fn === Number.isInteger
}

function writeEnum(def: z.core.$ZodEnumDef, value: string, source: CheckSource): string {
  return refuseUnless(`${source.constant(new Set<unknown>(Object.values(def.entries)))}.has(${value})`)
}

function writeArray({ element }: z.core.$ZodArrayDef, value: string, place: Place): string | undefined {
  const [at, item] = [place.source.variable(), place.source.variable()]
  const statements = write(element, item, place)
  if (statements === undefined) return undefined
  return (
    refuseUnless(`Array.isArray(${value}) && Object.getPrototypeOf(${value}) === Array.prototype && !${value}.toJSON`) +
    `for (let ${at} = 0; ${at} < ${value}.length; ${at}++) {const ${item} = ${value}[${at}];${statements}}`
  )
}

function writeRecord({ valueType }: z.core.$ZodRecordDef, value: string, place: Place): string | undefined {
  const [key, member] = [place.source.variable(), place.source.variable()]
  const statements = write(valueType, member, place)
  if (statements === undefined) return undefined
  const body = `${refuseUnless(isOrdinaryKey(key))}const ${member} = ${value}[${key}];${statements}`
  return `${refuseUnless(isPlainObject(value))}for (const ${key} in ${value}) {${body}}`
}

function writeObject({ shape, catchall }: z.core.$ZodObjectDef, value: string, place: Place): string | undefined {
  const { source } = place
  const names = Object.keys(shape)
  const [at, key] = [source.variable(), source.variable()]
  if (!names.every(isOrdinary)) return undefined
  const rest = catchall ? writeRest(catchall, { object: value, key }, place) : REFUSE
  if (rest === undefined) return undefined
  const members: string[] = []
  for (const [name, schema] of Object.entries(shape)) {
    const member = source.variable()
    const statements = write(schema, member, place)
    if (statements === undefined) return undefined
    members.push(`const ${member} = ${value}[${JSON.stringify(name)}];${statements}`)
  }
  // The order is the schema's, so a member in another place, missing or unknown is seen by its name alone.
  const inOrder = `if (${at} < ${names.length}) {if (${key} !== ${source.constant(names)}[${at}]) ${REFUSE}} else {${rest}}`
  return (
    `${refuseUnless(isPlainObject(value))}let ${at} = 0;for (const ${key} in ${value}) {${inOrder}${at}++;}` +
    `${refuseUnless(`${at} >= ${names.length}`)}${members.join('')}`
  )
}

interface RestMember {
  readonly object: string
  readonly key: string
}

function writeRest(schema: z.core.$ZodType, { object, key }: RestMember, place: Place): string | undefined {
  const member = place.source.variable()
  const statements = write(schema, member, place)
  if (statements === undefined) return undefined
  return `${refuseUnless(isOrdinaryKey(key))}const ${member} = ${object}[${key}];${statements}`
}

/** An object of the language's own kind, which `JSON.stringify` writes member by member. */
function isPlainObject(value: string): string {
  const prototype = `Object.getPrototypeOf(${value})`
  const isPlain = `(${prototype} === Object.prototype || ${prototype} === null)`
  return `typeof ${value} === 'object' && ${value} !== null && ${isPlain}`
}

/** Names that neither parsing nor `JSON.stringify` treats in a way of its own. */
function isOrdinary(key: string): boolean {
  return key !== '__proto__' && key !== 'toJSON'
}

function isOrdinaryKey(key: string): string {
  return `${key} !== '__proto__' && ${key} !== 'toJSON'`
}

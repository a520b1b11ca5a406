/** What describes an item of usage beside its metric: plain JSON. `model` is what rates per model look at. */
export type UsageAttributes = Readonly<Record<string, unknown>>

const MAX_DEPTH = 16
const MAX_BYTES = 8_192
const MAX_TEXT = 255

/** Whether PostgreSQL keeps a text as it is: NUL and half of a character it does not. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Whether a text can be an id of usage, of a user or of a model. */
export function isShortText(text: string): boolean {
  return text.length > 0 && text.length <= MAX_TEXT && isStorableText(text)
}

/** Whether attributes can be kept as they are: plain JSON of at most 8 kB and 16 levels, a `model` that is a name. */
export function isUsageAttributes(value: unknown): value is UsageAttributes {
  if (!isPlainObject(value) || !isStorableJson(value, MAX_DEPTH)) return false
  if (value.model !== undefined && !(typeof value.model === 'string' && isShortText(value.model))) return false
  return Buffer.byteLength(JSON.stringify(value)) <= MAX_BYTES
}

function isStorableJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || value === undefined || typeof value === 'boolean') return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((member) => member !== undefined && isStorableJson(member, depth - 1))
  if (!isPlainObject(value)) return false
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isStorableJson(member, depth - 1))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

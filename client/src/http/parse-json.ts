const MAX_DEPTH = 64
/** Brackets a character, above which nothing but nesting explains them; lists of objects have one in 50. */
const DENSITY = 1 / 16
const SUSPECT = /__proto__|constructor/
const QUOTE = 34
const BACKSLASH = 92

/**
 * Parses the body of an answer, which may be hostile.
 * @throws SyntaxError for text that is not JSON, nests too deep, or carries a key that reaches for a prototype
 */
export function parseJson(text: string): unknown {
  const opened = countOpened(text, Math.max(MAX_DEPTH, text.length * DENSITY))
  // Values are looked at more quickly than text, but to make those that nest deep takes long.
  if (opened === 'dense' && nestsDeeperThan(text, MAX_DEPTH)) throw tooDeep()
  const value: unknown = JSON.parse(text)
  if (opened !== 'few' || text.includes('\\u') || SUSPECT.test(text)) assertHarmless(value, MAX_DEPTH)
  return value
}

/** Counts brackets wherever they stand, which is quick: with few of them nothing nests deep. */
function countOpened(text: string, limit: number): 'few' | 'many' | 'dense' {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > limit) return 'dense'
    }
  }
  return count > MAX_DEPTH ? 'many' : 'few'
}

function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) at = endOfString(text, at)
    else if (char === 91 || char === 123) {
      depth++
      if (depth > limit) return true
    } else if (char === 93 || char === 125) depth--
  }
  return false
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text.charCodeAt(first - 1) === BACKSLASH) first--
  return (at - first) % 2 === 1
}

function assertHarmless(value: unknown, levels: number): void {
  if (!isNested(value)) return
  if (levels === 0) throw tooDeep()
  if (Array.isArray(value)) for (const member of value) assertHarmless(member, levels - 1)
  else assertHarmlessMembers(value, levels - 1)
}

function assertHarmlessMembers(record: Readonly<Record<string, unknown>>, levels: number): void {
  for (const key in record) {
    const member = record[key]
    if (key === '__proto__' || (key === 'constructor' && isNested(member))) {
      throw new SyntaxError('JSON with a key that reaches for a prototype')
    }
    if (isNested(member)) assertHarmless(member, levels)
  }
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function tooDeep(): SyntaxError {
  return new SyntaxError(`JSON nested deeper than ${MAX_DEPTH}`)
}

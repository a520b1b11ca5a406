const MAX_DEPTH = 64
const SUSPECT = /"(?:_|\\u005f){2}proto(?:_|\\u005f){2}"|constructor|\\u/i
const QUOTE = 34
const BACKSLASH = 92

/**
 * Parses the body of an answer, which may be hostile.
 * @throws SyntaxError for text that is not JSON, nests too deep, or carries a key that reaches for a prototype
 */
export function parseJson(text: string): unknown {
  if (opensMoreThan(text, MAX_DEPTH) && nestsDeeperThan(text, MAX_DEPTH))
    throw new SyntaxError(`JSON nested deeper than ${MAX_DEPTH}`)
  const value: unknown = JSON.parse(text)
  if (SUSPECT.test(text)) assertNoPrototypeKey(value)
  return value
}

/** Counts brackets wherever they stand, which is quick: with few of them nothing nests deep. */
function opensMoreThan(text: string, limit: number): boolean {
  let left = limit
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) if (--left < 0) return true
  }
  return false
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

function assertNoPrototypeKey(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    const reaches = key === '__proto__' || (key === 'constructor' && typeof member === 'object' && member !== null)
    if (reaches) throw new SyntaxError('JSON with a key that reaches for a prototype')
    assertNoPrototypeKey(member)
  }
}

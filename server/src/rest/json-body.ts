import { isUtf8 } from 'node:buffer'
import { StandardApiError } from '../error/index.ts'

/** Objects and lists may be nested this deep. */
const MAX_DEPTH = 32

/**
 * Parses the bytes of a JSON body in UTF-8, UTF-16 or UTF-32, with or without a mark. `NaN` and `Infinity`, which
 * the predecessors accept, become numbers that no finite field accepts.
 * @throws StandardApiError 400 for undecodable bytes or deep nesting, 422 for text that is not JSON
 */
export function parseJsonBody(bytes: Buffer): unknown {
  const text = decodeJsonBody(bytes)
  try {
    return JSON.parse(text)
  } catch {
    return parseWithNonFinite(text)
  }
}

/**
 * The text of a JSON body, for a parser that comes later.
 * @throws StandardApiError 400 for undecodable bytes or deep nesting
 */
export function decodeJsonBody(bytes: Buffer): string {
  const text = decodeText(bytes)
  if (isDeep(text)) throw StandardApiError.badRequest(`The body is nested deeper than ${MAX_DEPTH} levels`)
  return text
}

function parseWithNonFinite(text: string): unknown {
  try {
    return JSON.parse(withoutNonFinite(text))
  } catch {
    throw StandardApiError.invalidRequest([{ loc: ['body'], message: 'The body is not JSON' }])
  }
}

/**
 * Outside of strings, Python writes numbers as `NaN` or `-Infinity`. A string without its end is a token too: were it
 * none, every quote in it would be tried as a start, which takes time by the square of the length.
 */
function withoutNonFinite(text: string): string {
  return text.replaceAll(/"[^"\\]*(?:\\.?[^"\\]*)*"?|-?\bInfinity\b|\bNaN\b/gs, (token) =>
    token.startsWith('"') ? token : '1e999',
  )
}

function decodeText(bytes: Buffer): string {
  const encoding = encodingOf(bytes)
  const text = encoding === 'utf-8' ? decodeUtf8(bytes) : decodeWide(bytes, encoding)
  if (text === undefined) throw StandardApiError.badRequest('There was an error parsing the body')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function decodeUtf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

/** JSON starts with two ASCII characters, so zero bytes among the first four tell the encoding. */
function encodingOf(bytes: Buffer): Encoding {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0) return b === 0 && bytes.length >= 4 ? 'utf-32be' : 'utf-16be'
  if (b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  return 'utf-8'
}

function decodeWide(bytes: Buffer, encoding: Exclude<Encoding, 'utf-8'>): string | undefined {
  try {
    if (encoding === 'utf-32le') return decodeUtf32(bytes, (at) => bytes.readUInt32LE(at))
    if (encoding === 'utf-32be') return decodeUtf32(bytes, (at) => bytes.readUInt32BE(at))
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodeUtf32(bytes: Buffer, codePointAt: (offset: number) => number): string | undefined {
  if (bytes.length % 4 !== 0) return undefined
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) text += String.fromCodePoint(codePointAt(at))
  return text
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

function isDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH || !hasManyOpenings(text)) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/** Whether there are more opening brackets than may be nested, wherever they stand. */
function hasManyOpenings(text: string): boolean {
  let left = MAX_DEPTH
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) if (--left < 0) return true
  }
  return false
}

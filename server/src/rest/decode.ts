import { unescape as lenientDecode } from 'node:querystring'
import { StandardApiError } from '../error/index.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/

/**
 * Decodes one segment of a path, exactly once.
 * @throws StandardApiError 400 for escapes that are not UTF-8, dot segments and control characters
 */
export function decodeSegment(segment: string): string {
  const decoded = segment.includes('%') ? decodeEscapes(segment) : segment
  if (decoded === '.' || decoded === '..' || CONTROL_CHARACTER.test(decoded)) {
    throw StandardApiError.badRequest('The path holds a segment that is not allowed')
  }
  return decoded
}

function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw StandardApiError.badRequest('The path holds an escape that is not UTF-8')
  }
}

/** Decodes a name or value of a query; what is no escape stays as it is. */
export function decodeQueryText(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  return spaced.includes('%') ? lenientDecode(spaced) : spaced
}

import { decodeQueryText } from './decode.ts'

/** Values of a query by name; a name given several times has a list. Without a prototype. */
export type Query = Record<string, string | string[]>

/** Parses a query by hand; every text is a valid query. */
export function parseQuery(text: string): Query {
  const query: Query = Object.create(null)
  if (text === '') return query
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const mark = pair.indexOf('=')
    const name = decodeQueryText(mark === -1 ? pair : pair.slice(0, mark))
    const value = mark === -1 ? '' : decodeQueryText(pair.slice(mark + 1))
    query[name] = appended(query[name], value)
  }
  return query
}

const NEEDS_DECODING = /[%+]/

/**
 * Reads a query that needs no decoding and names nothing twice straight into an object. False for any other query,
 * which leaves the object half full.
 */
export function readPlainQuery(
  text: string,
  into: Record<string, unknown>,
  convert: (name: string, value: string) => unknown,
): boolean {
  if (NEEDS_DECODING.test(text)) return false
  for (let at = 0; at < text.length; ) {
    const ampersand = text.indexOf('&', at)
    const end = ampersand === -1 ? text.length : ampersand
    const mark = text.indexOf('=', at)
    if (mark <= at || mark >= end) return false
    const name = text.slice(at, mark)
    if (name in into) return false
    into[name] = convert(name, text.slice(mark + 1, end))
    at = end + 1
  }
  return true
}

function appended(present: string | string[] | undefined, value: string): string | string[] {
  if (present === undefined) return value
  return typeof present === 'string' ? [present, value] : [...present, value]
}

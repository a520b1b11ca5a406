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

function appended(present: string | string[] | undefined, value: string): string | string[] {
  if (present === undefined) return value
  return typeof present === 'string' ? [present, value] : [...present, value]
}

import { StandardApiError } from '../error/index.ts'

/** The two halves of a request target, undecoded. */
export interface RequestTarget {
  readonly path: string
  readonly query: string
}

/**
 * Splits a request target, also one in absolute form, without the dot-segment removal of `URL`.
 * @throws StandardApiError 400 for a target without a path
 */
export function splitTarget(target: string): RequestTarget {
  const local = target.startsWith('/') || target === '*' ? target : withoutAuthority(target)
  const mark = local.indexOf('?')
  return mark === -1 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

function withoutAuthority(target: string): string {
  const match = /^https?:\/\/[^/?#]+(?<local>.*)$/i.exec(target)
  if (!match?.groups) throw StandardApiError.badRequest('The request target is not a path')
  const local = match.groups.local ?? ''
  return local.startsWith('/') ? local : `/${local}`
}

import { decodeSegment } from '../rest/decode.ts'

const WHOLE_SEGMENTS = /^(\/[^/?#\s%]+)+$/

/** Segments of a path, each decoded exactly once; undefined for one that no route takes. */
export type PathSegments = readonly (string | undefined)[]

/** Splits a path before it decodes, so an encoded slash never separates. */
export function pathSegments(path: string): PathSegments {
  return path.split('/').slice(1).map(decoded)
}

/** Whether a path starts with whole segments: `/health` starts `/health/live`, not `/healthcheck`. */
export function startsWith(segments: PathSegments, prefix: readonly string[]): boolean {
  return prefix.every((segment, index) => segment === segments[index])
}

/**
 * Segments of a path in an option.
 * @throws TypeError naming the option, unless it is `/` and plain, whole segments
 */
export function optionSegments(option: string, path: string): readonly string[] {
  const segments = pathSegments(path).filter((segment) => segment !== undefined)
  if (!WHOLE_SEGMENTS.test(path) || segments.length !== path.split('/').length - 1) {
    throw new TypeError(`${option} must hold paths such as '/tenant', with no trailing slash, got '${path}'`)
  }
  return segments
}

function decoded(segment: string): string | undefined {
  try {
    return decodeSegment(segment)
  } catch {
    return undefined
  }
}

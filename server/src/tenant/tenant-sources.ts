import type { Context } from 'koa'
import { StandardApiError } from '../error/index.ts'
import { parseQuery } from '../rest/query.ts'
import { subdomainOf } from './base-domain.ts'
import { type PathSegments, startsWith } from './path-segments.ts'

/** Every place a request can name its tenant in, in the order they are looked at unless told otherwise. */
export const tenantSources = ['header', 'path', 'query', 'subdomain'] as const

/** A member of {@link tenantSources}. */
export type TenantSource = (typeof tenantSources)[number]

/** Where exactly the sources look; header name in lower case, domains canonical, longer prefixes first. */
export interface SourceSettings {
  readonly header: string
  readonly pathPrefixes: readonly (readonly string[])[]
  readonly queryParameter: string
  readonly baseDomains: readonly string[]
}

/** A request as the sources see it. */
export interface TenantRequest {
  readonly koa: Context
  readonly segments: PathSegments
  /** Undecoded. */
  readonly query: string
}

/**
 * What a source of the request says, empty values left out; only a repeated header says more than one thing.
 * @throws StandardApiError 400 for text that can be no id
 */
export function readSource(source: TenantSource, request: TenantRequest, settings: SourceSettings): readonly string[] {
  return sourceTexts(source, request, settings).filter((text) => {
    // one rule for all sources, so that none accepts an id another could never say
    if (/[\p{Cc}/\uFFFD]|^\.{1,2}$/u.test(text)) throw malformed(source)
    return text !== ''
  })
}

function sourceTexts(source: TenantSource, request: TenantRequest, settings: SourceSettings): readonly string[] {
  switch (source) {
    case 'header':
      return headerLines(request.koa, settings.header).map(headerText)
    case 'path':
      return [pathId(request.segments, settings.pathPrefixes)]
    case 'query':
      return [[parseQuery(request.query)[settings.queryParameter] ?? ''].flat().at(-1) ?? '']
    case 'subdomain':
      return [subdomainOf(request.koa.hostname, settings.baseDomains) ?? '']
  }
}

function malformed(source: TenantSource): StandardApiError {
  return StandardApiError.badRequest(`The tenant id in the ${source} is malformed`)
}

/** Node joins repeated headers with a comma, which an id may contain, so the lines are told apart again. */
function headerLines({ headers, req }: Context, name: string): readonly string[] {
  const value = headers[name]
  if (value === undefined || Array.isArray(value)) return value ?? []
  if (!value.includes(', ')) return [value]
  const { rawHeaders } = req
  const lines = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
  return lines.join(', ') === value ? lines : [value]
}

/** Node gives one character per byte of a header; beyond ASCII the bytes are UTF-8. */
function headerText(line: string): string {
  return Buffer.from(line, 'latin1').toString('utf8')
}

function pathId(segments: PathSegments, prefixes: SourceSettings['pathPrefixes']): string {
  const prefix = prefixes.find((candidate) => segments.length > candidate.length && startsWith(segments, candidate))
  if (prefix === undefined || segments[prefix.length] === '') return ''
  // behind the id too: a router that resolves `/tenant/a/../b` would serve another tenant than the one found here
  if (segments.includes(undefined)) throw malformed('path')
  return segments[prefix.length] ?? ''
}

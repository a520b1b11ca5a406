import { baseDomain } from './base-domain.ts'
import { optionSegments } from './path-segments.ts'
import type { TenantContext, TenantLookup } from './tenant.ts'
import { basicTenant } from './tenant.ts'
import { type SourceSettings, type TenantSource, tenantSources } from './tenant-sources.ts'

/** Options of `tenantContext`. */
export interface TenantContextOptions<TTenant extends TenantContext = TenantContext> {
  /** Finds the tenant of an id. @default any id is a tenant of plan `basic` without features */
  readonly lookup?: TenantLookup<TTenant>
  /** Where a tenant may be named, first wins. @default ['header', 'path', 'query', 'subdomain'] */
  readonly sources?: readonly TenantSource[]
  /** Name of the header, in any case. @default 'X-Tenant-ID' */
  readonly header?: string
  /** Paths that are followed by an id, as whole segments; the longest that fits counts. @default ['/tenant'] */
  readonly pathPrefixes?: readonly string[]
  /** Name of the query parameter; the last one counts. @default 'tenant_id' */
  readonly queryParameter?: string
  /**
   * Domains whose subdomains are tenants, one label deep; without any, the host says nothing. Behind a proxy the
   * host is the one Koa finds with `app.proxy`. @default []
   */
  readonly baseDomains?: readonly string[]
  /**
   * Turns what a source says into an id before ids are compared, such as a subdomain `a-b` into `a_b`; undefined
   * counts as if the source said nothing. @default the text itself
   */
  readonly tenantIdOf?: (text: string, source: TenantSource) => string | undefined | Promise<string | undefined>
  /** Refuses requests that name no tenant with 401. @default false */
  readonly required?: boolean
  /** Sources that disagree: 400 `TENANT_MISMATCH`, or the first in order counts. @default 'reject' */
  readonly onConflict?: 'reject' | 'first'
  /**
   * Paths, as whole segments, that belong to no tenant, with everything below them.
   * @default ['/health', '/docs', '/openapi.json', '/redoc', '/mt/health', '/mt/docs', '/mt/openapi.json', '/favicon.ico']
   */
  readonly exclude?: readonly string[]
  /** Hears of what made an answer a 500; `requestId` is the one in the answer. @default nobody hears of it */
  readonly onError?: (error: unknown, request: { readonly requestId: string }) => void
}

/** Checked options with every default filled in. */
export interface TenantContextSettings extends SourceSettings {
  readonly lookup: TenantLookup
  readonly sources: readonly TenantSource[]
  readonly tenantIdOf: NonNullable<TenantContextOptions['tenantIdOf']>
  readonly required: boolean
  readonly onConflict: 'reject' | 'first'
  readonly exclude: readonly (readonly string[])[]
  readonly onError: NonNullable<TenantContextOptions['onError']>
}

const openPaths = [
  '/health',
  '/docs',
  '/openapi.json',
  '/redoc',
  '/mt/health',
  '/mt/docs',
  '/mt/openapi.json',
  '/favicon.ico',
]

/**
 * Checks options once, at start.
 * @throws TypeError naming the option
 */
export function tenantContextSettings(options: TenantContextOptions): TenantContextSettings {
  const { header = 'X-Tenant-ID', queryParameter = 'tenant_id', onConflict = 'reject' } = options
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) throw new TypeError(`header must be the name of a header, got '${header}'`)
  if (queryParameter === '') throw new TypeError('queryParameter must not be empty')
  if (onConflict !== 'reject' && onConflict !== 'first') {
    throw new TypeError(`onConflict must be 'reject' or 'first', got '${String(onConflict)}'`)
  }
  const prefixes = (options.pathPrefixes ?? ['/tenant']).map((path) => optionSegments('pathPrefixes', path))
  return {
    lookup: options.lookup ?? basicTenant,
    sources: checkedSources(options.sources ?? tenantSources),
    header: header.toLowerCase(),
    pathPrefixes: prefixes.toSorted((a, b) => b.length - a.length),
    queryParameter,
    baseDomains: (options.baseDomains ?? []).map(baseDomain),
    tenantIdOf: options.tenantIdOf ?? ((text) => text),
    required: options.required ?? false,
    onConflict,
    exclude: (options.exclude ?? openPaths).map((path) => optionSegments('exclude', path)),
    onError: options.onError ?? (() => {}),
  }
}

function checkedSources(sources: readonly TenantSource[]): readonly TenantSource[] {
  const odd = sources.find((source, index) => !tenantSources.includes(source) || sources.indexOf(source) !== index)
  if (odd !== undefined || sources.length === 0) {
    throw new TypeError(`sources must be some of ${tenantSources.join(', ')}, each once, got '${sources.join(', ')}'`)
  }
  return [...sources]
}

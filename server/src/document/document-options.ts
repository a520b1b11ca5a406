/** Options of `openApiDocument`; they say how the router is served. */
export interface OpenApiDocumentOptions {
  /** @default 'Standard API v2' */
  readonly title?: string
  /** Version of the service. @default '1.0.0' */
  readonly version?: string
  /** What the API is for, in Markdown. @default how callers authenticate and how errors look */
  readonly description?: string
  /** Path in front of every endpoint. @default '/mt' */
  readonly prefix?: string
  /** Header that carries the market's key. @default 'X-Market-API-Key' */
  readonly apiKeyHeader?: string
  /** Whether callers must authenticate. @default true */
  readonly requireAuth?: boolean
  /** Whether users of a tenant are let in with tokens. @default false */
  readonly userTokens?: boolean
  /** Largest body in bytes. @default 1_048_576 */
  readonly maxBodySize?: number
  /** Whether mutations with an `Idempotency-Key` have their effect once. @default false */
  readonly idempotent?: boolean
}

/** The options with every default filled in. */
export type DocumentSettings = Required<OpenApiDocumentOptions>

const DESCRIPTION = `One contract for every service of the market.

- The market sends its key with every request; it is checked before the body is read. Where the service accepts them,
  users of a tenant send a token instead and reach their own tenant only.
- Every error, whatever its status, has the same body. \`error\` is for programs, \`message\` for people, and
  \`request_id\` repeats the header \`X-Request-Id\`.
- \`HEAD\` is answered as \`GET\`, \`OPTIONS\` with 204; another method is 405 and \`Allow\` names those that exist.
- Unknown query parameters and body members are ignored. Times are in UTC.`

/** Fills in the defaults. */
export function documentSettings(options: OpenApiDocumentOptions): DocumentSettings {
  return {
    title: options.title ?? 'Standard API v2',
    version: options.version ?? '1.0.0',
    description: options.description ?? DESCRIPTION,
    prefix: options.prefix ?? '/mt',
    apiKeyHeader: options.apiKeyHeader ?? 'X-Market-API-Key',
    requireAuth: options.requireAuth ?? true,
    userTokens: options.userTokens ?? false,
    maxBodySize: options.maxBodySize ?? 1_048_576,
    idempotent: options.idempotent ?? false,
  }
}

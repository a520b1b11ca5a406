import { compatOperations, operations } from '@mt-paas/server/contract'
import fc from 'fast-check'
import { encodedBy, fitting, json, objectOf, prototypeNames, text, textOf } from './fuzz-values.ts'

/** A request as `node:http` can send it. */
export interface FuzzRequest {
  readonly method: string
  /** Target as it goes on the wire. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

/** Credentials by name; the values are the test's. */
export interface FuzzCredentials {
  readonly key: string
  readonly tokens: readonly string[]
}

const flatWebhook = ['application_id', 'kind', 'applicant', 'service', 'end_date']
const nestedWebhook = ['application', 'applicant', 'service']
const activation = Object.keys(operations.activateTenant.input.shape)

const query = (names: readonly string[]) =>
  fc
    .tuple(fc.array(fc.tuple(fc.oneof(fc.constantFrom('limit', ...names), text), json), { maxLength: 5 }), encodedBy)
    .map(([pairs, encode]) => pairs.map(([name, value]) => `${encode(name)}=${encode(textOf(value))}`).join('&'))

const brokenJson = fc.constantFrom(
  ...[
    '{',
    '[',
    '"',
    '{"a":}',
    'nul',
    '{"a":NaN}',
    '[-Infinity]',
    '{"tenant_id":"\\ud800"}',
    '1e999',
    '\u0000',
    'a=1&b=2',
  ],
  ...[
    '['.repeat(33),
    '['.repeat(45_000),
    '{"a":'.repeat(10_000),
    `{"features":{"x":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`,
  ],
  ...[`"${'\\"'.repeat(100_000)}`, `NaN${'"\\'.repeat(50_000)}`, `{"__proto__":{"tenant_id":"x"}}`, '{"a":1,"a":2}'],
)

function bodyOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer | undefined> {
  const asText = value.map((one) => JSON.stringify(one) ?? '')
  return fc.oneof(
    { weight: 24, arbitrary: asText.map((one) => Buffer.from(one)) },
    { weight: 1, arbitrary: asText.map((one) => Buffer.from(`\ufeff${one}`, 'utf16le')) },
    { weight: 1, arbitrary: fc.tuple(asText, fc.nat(60)).map(([one, at]) => Buffer.from(one).subarray(0, at)) },
    { weight: 2, arbitrary: brokenJson.map((one) => Buffer.from(one)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

const methods = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'PURGE',
)
const method = (usual: string) =>
  fc.oneof({ weight: 14, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: methods })

interface Draft {
  readonly method: string
  readonly path: string
  readonly body: Buffer | undefined
}

function restDraft(prefix: string, operation: { method: string; path: string; input: object }): fc.Arbitrary<Draft> {
  const { path } = operation
  const names = Object.keys(Reflect.get(operation.input, 'shape') ?? {})
  const bodies = path.startsWith('/webhook')
    ? fc.oneof(objectOf(flatWebhook), objectOf(nestedWebhook), objectOf(activation))
    : objectOf(names)
  const body = operation.method === 'GET' ? fc.constant(undefined) : bodyOf(bodies)
  const id = (name: string) => fc.oneof({ weight: 9, arbitrary: fitting[name] ?? text }, { weight: 1, arbitrary: text })
  return fc
    .tuple(method(operation.method), id('tenant_id'), id('user_id'), encodedBy, query(names), body)
    .map(([verb, tenantId, userId, encode, search, bytes]) => {
      const filled = path
        .replace('{tenant_id}', () => encode(textOf(tenantId)))
        .replace('{user_id}', () => encode(textOf(userId)))
      return { method: verb, path: `${prefix}${filled}${search && `?${search}`}`, body: agreeing(bytes, tenantId) }
    })
}

/** Activation repeats the tenant of the path, or else hardly any would succeed. */
function agreeing(bytes: Buffer | undefined, tenantId: unknown): Buffer | undefined {
  const body = bytes?.toString()
  if (!body?.startsWith('{"tenant_id":"') || body.length % 4 === 0) return bytes
  return Buffer.from(body.replace(/^\{"tenant_id":"(?:[^"\\]|\\.)*"/, () => `{"tenant_id":${JSON.stringify(tenantId)}`))
}

const procedureNames = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])) },
  { weight: 1, arbitrary: fc.oneof(prototypeNames, text, fc.constant('getUser.call')) },
)

const rpcDraft: fc.Arbitrary<Draft> = fc.tuple(procedureNames, fc.boolean()).chain(([name, isBatch]) => {
  const operation = Object.hasOwn(operations, name) ? operations[name as keyof typeof operations] : undefined
  const one = fc.oneof(
    { weight: 9, arbitrary: objectOf(Object.keys(operation?.input.shape ?? {})) },
    { weight: 1, arbitrary: json },
  )
  const input: fc.Arbitrary<unknown> = isBatch ? fc.array(one, { maxLength: 4 }).map((inputs) => ({ ...inputs })) : one
  const path = `/mt/trpc/${isBatch ? `${name},${name},checkHealth` : name}${isBatch ? '?batch=1' : ''}`
  const asBody = fc.tuple(method('POST'), bodyOf(input)).map(([verb, body]) => ({ method: verb, path, body }))
  const asQuery = fc.tuple(method('GET'), input, encodedBy).map(([verb, value, encode]) => {
    const sent = encode(JSON.stringify(value) ?? '')
    return { method: verb, path: `${path}${isBatch ? '&' : '?'}input=${sent}`, body: undefined }
  })
  return operation?.type === 'mutation'
    ? fc.oneof({ weight: 6, arbitrary: asBody }, { weight: 1, arbitrary: asQuery })
    : fc.oneof({ weight: 1, arbitrary: asBody }, { weight: 6, arbitrary: asQuery })
})

const strayDraft: fc.Arbitrary<Draft> = fc
  .tuple(
    methods,
    fc.constantFrom(
      '/',
      '/mt',
      '/mt/',
      '/mt/tenant/',
      '/mt/tenant/hallym_univ/',
      '/api/tenant/',
      '/mt/trpc',
      '/mt/docs/',
      '/health',
    ),
    fc.oneof(text, fc.constantFrom('openapi.json', '../health', './/', '..%2f', '/etc/passwd', '%5c..%5c')),
    bodyOf(json),
  )
  .map(([verb, base, rest, body]) => ({ method: verb, path: `${base}${rest}`, body }))

const documentDraft: fc.Arbitrary<Draft> = fc
  .tuple(method('GET'), fc.constantFrom('/mt/openapi.json', '/mt/docs', '/mt/docs/', '/mt/health', '/health'))
  .map(([verb, path]) => ({ method: verb, path, body: undefined }))

const hugeDraft: fc.Arbitrary<Draft> = fc
  .constantFrom('/mt/tenant/hallym_univ/settings', '/mt/tenant/hallym_univ/users/user_001')
  .map((path) => ({ method: 'PUT', path, body: Buffer.alloc(1_200_000, 'a') }))

const draft: fc.Arbitrary<Draft> = fc.oneof(
  ...Object.values(operations).map((one) => ({ weight: 60, arbitrary: restDraft('/mt', one) })),
  ...Object.values(compatOperations).map((one) => ({ weight: 30, arbitrary: restDraft('/api/tenant', one) })),
  { weight: 500, arbitrary: rpcDraft },
  { weight: 150, arbitrary: strayDraft },
  { weight: 20, arbitrary: documentDraft },
  { weight: 2, arbitrary: hugeDraft },
)

const contentTypes = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'text/plain',
)
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'accept',
    'x-request-id',
    'x-tenant-id',
    'cookie',
    'origin',
    'host',
    'expect',
    'trpc-accept',
    'x-forwarded-for',
    'authorization',
    'range',
    'if-none-match',
    'upgrade',
  ),
  fc.oneof(
    text,
    fc.constantFrom(
      'gzip',
      'multipart/form-data; boundary=a',
      'application/octet-stream',
      'application/jsonl',
      '100-continue',
      'Bearer a.b.c',
      '*',
    ),
  ),
  { maxKeys: 3 },
)

/** Requests that fit the API, nearly fit it, or mean it no good. */
export function fuzzRequests({ key, tokens }: FuzzCredentials): fc.Arbitrary<FuzzRequest> {
  const credentials: fc.Arbitrary<Record<string, string>> = fc.oneof(
    { weight: 20, arbitrary: fc.constant({ 'x-market-api-key': key, 'x-api-key': key }) },
    { weight: 5, arbitrary: fc.constantFrom(...tokens).map((token) => ({ authorization: `Bearer ${token}` })) },
    { weight: 1, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: text.map((wrong) => ({ 'x-market-api-key': wrong, 'x-api-key': wrong })) },
  )
  const odd = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: oddHeaders })
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constant('application/json') },
    { weight: 2, arbitrary: contentTypes },
  )
  return fc
    .tuple(draft, credentials, odd, type)
    .map(([{ method: verb, path, body }, credential, more, contentType]) => ({
      method: verb,
      path: sendablePath(path),
      body,
      headers: sendableHeaders({ ...credential, ...(body && { 'content-type': contentType }), ...more }),
    }))
}

/** The client refuses blanks, control characters and characters beyond latin1 in a target. */
function sendablePath(path: string): string {
  return path
    .replaceAll(/[^\u0021-\u00ff]/gu, (character) => encodeURIComponent(character.toWellFormed()))
    .slice(0, 14_000)
}

function sendableHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?')]),
  )
}

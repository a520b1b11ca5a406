import { compatReads, kebab, tenantOperations } from '../checks/operation-samples.ts'
import { accepts, answers, errs, leaks, type Mutant, misreads, mutant, refuses, setAt } from './mutant.ts'
import type { TamperedAnswer, TamperedRequest } from './tampering.ts'

const activate = 'activateTenant'
const status = 'getTenantStatus'
const list = 'listUsers'

function onPath(test: (path: string) => boolean) {
  return { when: (_: unknown, { path }: TamperedRequest) => test(path) }
}

function rewritten(fails: string, test: (path: string) => boolean, path: (path: string) => string): Mutant {
  return misreads(fails, onPath(test), (request) => {
    request.path = path(request.path)
  })
}

function isRefusedDelete({ method, path }: TamperedRequest): boolean {
  return method === 'DELETE' && path.endsWith('/status')
}

const routing: readonly Mutant[] = [
  errs(
    'http-unknown-path',
    onPath((path) => path === '/mt/nothing-here'),
    (answer) => {
      answer.status = 410
    },
  ),
  accepts(
    'http-unknown-subpath',
    onPath((path) => /^\/mt\/tenant\/\w+\/nothing-here$/.test(path)),
  ),
  rewritten(
    'http-path-case',
    (path) => path.endsWith('/STATUS'),
    (path) => path.replace('STATUS', 'status'),
  ),
  rewritten(
    'http-double-slash',
    (path) => /\w\/\/status$/.test(path) && !path.includes('tenant//'),
    (path) => path.replace('//', '/'),
  ),
  accepts(
    'http-encoded-slash',
    onPath((path) => path.includes('%2Fx/')),
  ),
  accepts(
    'http-empty-id',
    onPath((path) => path === '/mt/tenant//status'),
  ),
  rewritten(
    'http-trailing-slash',
    (path) => path.endsWith('/status/'),
    (path) => path.slice(0, -1),
  ),
  refuses('http-encoded-id', { ...onPath((path) => path.includes('/%6d')), status: 404 }),
  errs('http-method', { when: (_, request) => isRefusedDelete(request) }, (answer) => {
    answer.status = 404
  }),
  errs('http-allow', { when: (_, request) => isRefusedDelete(request) }, ({ headers }) => {
    headers.allow = ''
  }),
  errs('http-allow-all', { when: (_, { method }) => method === 'PATCH' }, ({ headers }) => {
    headers.allow = 'GET'
  }),
  refuses('http-head', { when: (_, { method }) => method === 'HEAD', status: 405 }),
  refuses('http-options', { when: (_, { method }) => method === 'OPTIONS', status: 405 }),
  answers('http-content-type', { on: status }, (_, { headers }) => {
    headers['content-type'] = 'text/plain; charset=utf-8'
  }),
  answers('http-request-id', { on: 'checkHealth' }, (_, { headers }) => {
    headers['x-request-id'] = ''
  }),
  answers(
    'http-request-id-echo',
    { when: (_, { headers }) => `${headers['x-request-id']}`.startsWith('verify-') },
    (_, { headers }) => {
      headers['x-request-id'] = 'my-own'
    },
  ),
]

const queries: readonly Mutant[] = [
  ...(
    [
      ['plus', '%2B2'],
      ['zeros', '007'],
      ['point', '2.0'],
      ['spaces', '%202%20'],
      ['underscore', '1_0'],
    ] as const
  ).map(([name, text]) => refuses(`query-${name}`, { on: list, query: `limit=${text}` })),
  ...(
    [
      ['empty', ''],
      ['exponent', '1e1'],
      ['hex', '0x10'],
      ['true', 'true'],
      ['null', 'null'],
    ] as const
  ).map(([name, text]) => accepts(`query-${name}`, { on: list, query: `limit=${text}` })),
  misreads('query-last-wins', { on: list, query: 'limit=5&limit=7' }, (request) => {
    request.query = 'limit=5'
  }),
  refuses('query-prototype', { on: list, when: (_, { query }) => query.includes('constructor'), status: 500 }),
]

function typed(fails: string, isMeant: (type: string | undefined) => boolean): Mutant {
  return refuses(fails, {
    on: activate,
    when: (_, { headers, body }) => body !== '' && isMeant(headers['content-type']),
  })
}

function written(fails: string, isMeant: (body: string) => boolean, code = 422): Mutant {
  return refuses(fails, { on: activate, when: (_, { body }) => isMeant(body), status: code })
}

const bodies: readonly Mutant[] = [
  typed('body-charset', (type) => type?.includes('charset') === true),
  typed('body-upper-case', (type) => type === 'APPLICATION/JSON'),
  typed('body-suffix', (type) => type?.endsWith('+json') === true),
  typed('body-no-type', (type) => type === undefined),
  written('body-byte-order-mark', (body) => body.startsWith('\u00ef\u00bb\u00bf')),
  written('body-utf16', (body) => body.startsWith('\u00ff\u00fe')),
  written('body-escapes', (body) => /\\u[0-9a-f]{4}/.test(body)),
  misreads(
    'body-text-plain',
    { on: activate, when: (_, { headers }) => headers['content-type'] === 'text/plain' },
    ({ headers }) => {
      headers['content-type'] = 'application/json'
    },
  ),
  accepts('body-form', { on: activate, when: (_, { headers }) => `${headers['content-type']}`.includes('form') }),
  accepts('body-malformed', { on: activate, when: (_, { body }) => body === '{"tenant_id": ' }),
  accepts('body-empty', { on: activate, when: (_, { body }) => body === '' }),
  accepts('body-null', { on: activate, when: (_, { body }) => body === 'null' }),
  accepts('body-list', { on: activate, when: (_, { body }) => body.startsWith('[{') }),
  accepts('body-text', { on: activate, when: (_, { body }) => body === '"hello"' }),
  accepts('body-undecodable', { on: activate, when: (_, { body }) => body.startsWith('{"\u00ff') }),
  written('body-deep', (body) => body.startsWith('[['), 500),
  written('body-large', (body) => body.length > 1_000_000, 500),
  written('body-prototype', (body) => body.includes('"__proto__"'), 500),
]

/** Checks beside its own that the status of an unknown tenant is part of. */
const alsoUnknown = ['activate-refused', 'error-body-404-tenant', 'error-json', 'id-case'] as const

const unknownTenants: readonly Mutant[] = [
  ...tenantOperations
    .filter((operation) => operation !== activate)
    .map((operation) =>
      failsOnUnknown([`unknown-tenant-${kebab(operation)}`, ...(operation === status ? alsoUnknown : [])], operation),
    ),
  ...compatReads.map(([operation]) =>
    failsOnUnknown([`unknown-tenant-compat-${kebab(operation)}`], `compat.${operation}`),
  ),
]

function failsOnUnknown(fails: readonly string[], on: string): Mutant {
  return mutant(fails, () => ({
    answer(answer, { operation }) {
      if (operation === on && answer.status === 404 && /"TENANT_NOT_FOUND"/.test(JSON.stringify(answer.json))) {
        Object.assign(answer, { status: 500, json: undefined, text: 'Internal Server Error' })
      }
    },
  }))
}

/** Takes a member of the error's body away. */
function bare(fails: string, isMeant: (answer: TamperedAnswer, request: TamperedRequest) => boolean): Mutant {
  return mutant(fails, () => ({
    answer(answer, request) {
      if (answer.status >= 400 && isMeant(answer, request)) setAt(answer.json, 'details', undefined)
    },
  }))
}

function isWrongKey({ operation, headers }: TamperedRequest): boolean {
  return operation === status && headers['x-market-api-key'] === 'invalid_key'
}

const errors: readonly Mutant[] = [
  bare('error-body-401', (_, request) => isWrongKey(request)),
  bare('error-body-404-tenant', (answer, { operation }) => answer.status === 404 && operation === status),
  bare('error-body-404-path', (_, { path }) => path === '/mt/nothing-here'),
  bare('error-body-405', (_, request) => isRefusedDelete(request)),
  bare('error-body-409', (answer, { operation }) => answer.status === 409 && operation === activate),
  bare('error-body-400', (_, { query }) => query === 'period=x'),
  bare(
    'error-body-422',
    ({ status: code }, { operation, body }) =>
      code === 422 && operation === activate && /^\{"tenant_id":"[^"]*"\}$/.test(body),
  ),
  errs('error-json', { when: (_, request) => isWrongKey(request) }, ({ headers }) => {
    headers['content-type'] = 'text/html'
  }),
  errs('error-request-id', { when: (_, request) => isWrongKey(request) }, ({ json }) =>
    setAt(json, 'request_id', 'another'),
  ),
  errs(
    'error-places',
    { on: activate, when: ({ plan, contact }) => plan === 5 && !Object.hasOwn(Object(contact), 'email') },
    ({ json }) => setAt(json, 'details.issues', (issues: readonly unknown[]) => issues.slice(0, 1)),
  ),
  errs('error-query-places', { on: list, query: 'limit=0' }, ({ json }) =>
    setAt(json, 'details.issues.0.loc', ['limit']),
  ),
  errs('error-no-echo', { on: 'createUser', when: ({ email }) => email === 5 }, ({ json }) =>
    setAt(json, 'details.input', 'Never-repeat-this-value-42'),
  ),
]

const compat: readonly Mutant[] = [
  ...(['stats', 'users', 'courses', 'discussions'] as const).map((name) =>
    leaks(`compat-${name}`, { on: `compat.${name}` }),
  ),
  answers('compat-page', { on: 'compat.users', query: 'limit=1&offset=3' }, (json) => setAt(json, 'offset', 0)),
  refuses('compat-empty-role', { on: 'compat.users', query: 'role=' }),
  answers('compat-period', { on: 'compat.stats', query: 'period=7d' }, (json) => setAt(json, 'period', '30d')),
  misreads('compat-search', { on: 'compat.users', when: (_, { query }) => query.includes('search=') }, (request) => {
    request.query = ''
  }),
  accepts('compat-bad-limit', { on: 'compat.users', query: 'limit=0' }),
  answers('compat-list', { on: 'compat.listTenants' }, (json) => setAt(json, 'tenants', [])),
  leaks('compat-status', { on: 'compat.tenantStatus' }),
  leaks('compat-tenant-users', { on: 'compat.tenantUsers' }),
  leaks('compat-tenant-stats', { on: 'compat.tenantStats' }),
]

/** Services that are broken in the frame of HTTP, in their errors or on the old paths. */
export const httpMutants: readonly Mutant[] = [
  ...routing,
  ...queries,
  ...bodies,
  ...unknownTenants,
  ...errors,
  ...compat,
]

import { compatReads, kebab, tenantOperations } from '../checks/operation-samples.ts'
import { accepts, errs, type Mutant, misreads, mutant, setAt } from './mutant.ts'
import { REFERENCE_KEY } from './reference-key.ts'
import type { ReferenceStore } from './reference-store.ts'
import type { TamperedRequest } from './tampering.ts'

const STANDARD = 'x-market-api-key'
const COMPAT = 'x-api-key'
const WRONG = 'invalid_key'

/** No credential of any kind. */
function isBare({ headers, query }: TamperedRequest): boolean {
  return (
    !(headers[STANDARD] ?? headers[COMPAT] ?? headers.authorization) &&
    headers[STANDARD] !== '' &&
    !query.includes('api_key')
  )
}

/** Lets requests in by giving them the right key. */
function admits(fails: string | readonly string[], on: string, isMeant: (request: TamperedRequest) => boolean): Mutant {
  const header = on.startsWith('compat.') ? COMPAT : STANDARD
  return misreads(fails, { on, when: (_, request) => isMeant(request) }, ({ headers }) => {
    headers[header] = REFERENCE_KEY
  })
}

/** Checks beside its own that a request without a key, or with a wrong one, is part of. */
const alsoMissing: Readonly<Record<string, readonly string[]>> = {
  activateTenant: ['auth-before-body'],
  getTenantStatus: ['auth-one-body'],
}
const alsoWrong: Readonly<Record<string, readonly string[]>> = {
  deactivateTenant: ['auth-no-effect'],
  getTenantStatus: [
    'auth-before-tenant',
    'auth-one-body',
    'auth-silent',
    'error-body-401',
    'error-json',
    'error-request-id',
  ],
}

const operations = tenantOperations.flatMap((operation) => [
  admits([`auth-missing-${kebab(operation)}`, ...(alsoMissing[operation] ?? [])], operation, isBare),
  admits(
    [`auth-wrong-${kebab(operation)}`, ...(alsoWrong[operation] ?? [])],
    operation,
    ({ headers }) => headers[STANDARD] === WRONG,
  ),
])

const compat = [
  ...compatReads.map(([operation]) => [operation, `compat-${kebab(operation)}`] as const),
  ['autoProvision', 'auto-provision'] as const,
  ['applicationApproved', 'application-approved'] as const,
].flatMap(([operation, name]) => [
  admits(`auth-missing-${name}`, `compat.${operation}`, isBare),
  admits(
    [`auth-wrong-${name}`, ...(operation === 'autoProvision' ? ['classic-api-key'] : [])],
    `compat.${operation}`,
    ({ headers }) => headers[COMPAT] === WRONG && headers['webhook-signature'] === undefined,
  ),
])

const status = 'getTenantStatus'

const forms: readonly Mutant[] = [
  admits('auth-empty-key', status, ({ headers }) => headers[STANDARD] === ''),
  admits('auth-key-beginning', status, ({ headers }) => headers[STANDARD] === REFERENCE_KEY.slice(0, -1)),
  admits('auth-key-longer', status, ({ headers }) => headers[STANDARD] === `${REFERENCE_KEY}x`),
  admits('auth-key-case', status, ({ headers }) => headers[STANDARD] === REFERENCE_KEY.toUpperCase()),
  admits('auth-query-key', status, ({ query }) => query.includes('api_key')),
  admits('auth-bearer-key', status, ({ headers }) => headers.authorization !== undefined),
  admits('auth-other-header', status, ({ headers }) => headers[COMPAT] === REFERENCE_KEY),
  admits('auth-compat-other-header', 'compat.stats', ({ headers }) => headers[STANDARD] === REFERENCE_KEY),
  withStore('auth-no-effect', (store, { operation, headers, parameters }) => {
    if (operation === 'deactivateTenant' && headers[STANDARD] === WRONG) store.end(parameters.tenant_id ?? '', true)
    return undefined
  }),
  withStore('auth-before-tenant', (store, { operation, headers, parameters }) => {
    const isMeant =
      operation === status && headers[STANDARD] === WRONG && !store.tenants.has(parameters.tenant_id ?? '')
    return isMeant ? { status: 404, json: { detail: 'Not Found' } } : undefined
  }),
  accepts('auth-before-body', {
    on: 'activateTenant',
    when: (_, request) => isBare(request) && request.body.startsWith('{"broken'),
  }),
  errs('auth-one-body', { on: status, when: (_, request) => isBare(request) }, ({ json }) => {
    setAt(json, 'message', 'Missing X-Market-API-Key header')
  }),
  errs('auth-silent', { on: status, when: (_, { headers }) => headers[STANDARD] === WRONG }, ({ headers }) => {
    headers['x-expected-key'] = REFERENCE_KEY
  }),
]

/** Acts on what the service keeps when it sees a request. */
export function withStore(
  fails: string | readonly string[],
  act: (store: ReferenceStore, request: TamperedRequest) => { status: number; json: unknown } | undefined,
): Mutant {
  return mutant(fails, () => {
    let store: ReferenceStore | undefined
    return {
      handler(_, state) {
        store = state
        return {}
      },
      request: (request) => (store ? act(store, request) : undefined),
    }
  })
}

/** Services that let the wrong people in. */
export const authMutants: readonly Mutant[] = [...operations, ...compat, ...forms]

import { memberAt } from '../http/exchange.ts'
import { withStore } from './auth-mutants.ts'
import { type Aim, accepts, answers, type Mutant, misreads, mutant, refuses, setAt } from './mutant.ts'
import { jsonOf, putJson, type TamperedRequest } from './tampering.ts'

const auto = 'compat.autoProvision'
const approved = 'compat.applicationApproved'
const FIRST_FRESH_ID = 100_000

/** An application in the flat shape that is none of the classic ones. */
function isFlat(body: Readonly<Record<string, unknown>>, kind: string): boolean {
  return Number(body.application_id) >= FIRST_FRESH_ID && body.kind === kind
}

/** Signed webhooks are what other mutants are about. */
function isSigned({ headers }: TamperedRequest): boolean {
  return headers['webhook-signature'] !== undefined
}

function flat(kind: string, more: (body: Readonly<Record<string, unknown>>) => boolean = () => true): Aim {
  return { on: auto, when: (body) => isFlat(body, kind) && more(body) }
}

function numbered(id: number): Aim {
  return { on: auto, when: (body) => body.application_id === id }
}

function reject(json: unknown): void {
  setAt(json, 'status', 'rejected')
  setAt(json, 'success', false)
}

/** Gives the applicant another e-mail. */
function renames(fails: string | readonly string[], aim: Aim, rename: (email: string) => string): Mutant {
  return misreads(fails, aim, (request, body) => {
    const applicant = Object(body.applicant)
    putJson(request, { ...body, applicant: { ...applicant, email: rename(String(applicant.email)) } })
  })
}

const classic: readonly Mutant[] = [
  refuses('classic-health', { when: (_, { path }) => path === '/health', status: 404 }),
  answers('classic-webhook', numbered(9001), (_, answer) => {
    answer.status = 201
  }),
  refuses('classic-api-key', { ...numbered(998), status: 403 }),
  answers('classic-answer-format', numbered(9002), (json) => setAt(json, 'tenant_url', 'somewhere')),
  answers('classic-tenant-reuse', numbered(1002), (json) => setAt(json, 'tenant_id', 'another')),
]

const shapes: readonly Mutant[] = [
  answers(['webhook-flat', 'webhook-both-vocabularies'], flat('demo'), reject),
  answers('webhook-service', flat('service'), reject),
  answers(
    'webhook-korean',
    { on: auto, when: ({ applicant }) => `${memberAt(applicant, 'university_name')}`.includes('/') },
    (json) => setAt(json, 'tenant_id', 'demo 한국/과학'),
  ),
  refuses(['webhook-nested', 'webhook-reuse-across-paths'], {
    on: approved,
    when: (body) => Object.hasOwn(body, 'application'),
  }),
  refuses('webhook-nested-on-auto-provision', { on: auto, when: (body) => Object.hasOwn(body, 'application') }),
  answers('webhook-flat-on-approved', { on: approved, when: (body) => isFlat(body, 'demo') }, (_, answer) => {
    answer.status = 422
  }),
  refuses('webhook-activation-body', { on: auto, when: (body) => Object.hasOwn(body, 'tenant_name') }),
  answers('webhook-both-vocabularies', flat('demo'), (json) => setAt(json, 'access_url', null)),
  answers(
    ['webhook-tenant-visible', 'compat-list'],
    { when: (body, { operation }) => (isFlat(body, 'demo') || operation === approved) && body.callback_url == null },
    (json) => setAt(json, 'tenant_id', (id: unknown) => `${id}_x`),
  ),
  answers('webhook-unknown-event', { on: auto, when: ({ type }) => `${type}`.startsWith('verify.') }, (json) =>
    setAt(json, 'status', 'approved'),
  ),
  answers(['webhook-no-password', 'webhook-both-vocabularies'], flat('demo'), (json) =>
    setAt(json, 'admin_credentials', { email: 'a@example.com', note: null, initial_password: 'secret' }),
  ),
  accepts('webhook-missing-applicant', {
    on: auto,
    refusal: 422,
    when: (body) => isFlat(body, 'demo') && !Object.hasOwn(body, 'applicant'),
  }),
  accepts('webhook-unknown-kind', { on: auto, when: ({ kind }) => kind === 'gift' }),
  accepts('webhook-id-text', { on: auto, when: ({ application_id }) => application_id === 'first' }),
]

const everyReuse = ['webhook-reuse', 'webhook-redelivery', 'webhook-reuse-case', 'webhook-reuse-across-paths']

const reuse: readonly Mutant[] = [
  mutant([...everyReuse, 'concurrency-webhook'], () => {
    let count = 0
    return {
      request(request) {
        const body = Object(jsonOf(request))
        if (request.operation !== auto || !isFlat(body, 'demo') || !body.applicant?.email) return undefined
        if (isSigned(request)) return undefined
        putJson(request, { ...body, applicant: { ...body.applicant, email: `${count++}.${body.applicant.email}` } })
        return undefined
      },
    }
  }),
  mutant('webhook-redelivery', () => {
    const seen = new Set<unknown>()
    return {
      answer({ status, json }, request) {
        const { application_id } = Object(jsonOf(request))
        if (request.operation !== auto || status !== 200 || !(Number(application_id) >= FIRST_FRESH_ID)) return
        if (isSigned(request)) return
        if (seen.has(application_id)) setAt(json, 'tenant_id', 'another')
        seen.add(application_id)
      },
    }
  }),
  mutant(['webhook-other-email', 'webhook-no-email'], () => {
    let before: unknown
    return {
      answer({ status, json }, request) {
        const isMeant = request.operation === auto && status === 200 && isFlat(Object(jsonOf(request)), 'demo')
        if (isMeant && before !== undefined) setAt(json, 'tenant_id', before)
        before = isMeant ? memberAt(json, 'tenant_id') : undefined
      },
    }
  }),
  renames(
    'webhook-reuse-case',
    { on: auto, when: ({ applicant }) => /^[^a-z]+$/.test(`${memberAt(applicant, 'email')}`) },
    (email) => `X.${email}`,
  ),
  renames(
    'webhook-no-email',
    flat('demo', ({ applicant }) => memberAt(applicant, 'email') === ''),
    () => 'nobody@example.com',
  ),
  renames(
    'webhook-reuse-across-paths',
    { on: approved, when: (body) => Object.hasOwn(body, 'application') },
    (email) => `approved.${email}`,
  ),
  mutant('concurrency-webhook', () => {
    const times = new Map<unknown, number>()
    return {
      answer({ json }, request) {
        if (request.operation !== auto) return
        const email = memberAt(jsonOf(request), 'applicant', 'email')
        const time = (times.get(email) ?? 0) + 1
        times.set(email, time)
        if (time > 2 && email !== '') setAt(json, 'tenant_id', (id: unknown) => `${id}_${time}`)
      },
    }
  }),
]

function lasts(
  fails: string | readonly string[],
  aim: Aim,
  until: string | ((request: TamperedRequest) => unknown),
): Mutant {
  return answers(fails, aim, (json, _, request) => {
    if (memberAt(json, 'expires_at') === null) return
    setAt(json, 'expires_at', typeof until === 'string' ? until : until(request))
  })
}

const LAST_DAY = '2030-12-31'

const expiry: readonly Mutant[] = [
  lasts(
    'webhook-demo-expiry',
    flat('demo', (body) => !Object.hasOwn(body, 'end_date')),
    '2099-01-01T00:00:00Z',
  ),
  lasts(
    'webhook-demo-end-date',
    flat('demo', (body) => Object.hasOwn(body, 'end_date')),
    (request) => memberAt(jsonOf(request), 'end_date'),
  ),
  lasts(
    ['webhook-service-expiry', 'webhook-service-last-day', 'webhook-upgrade'],
    flat('service', ({ end_date }) => end_date === LAST_DAY),
    '2031-01-01T00:00:00Z',
  ),
  lasts(
    'webhook-service-last-day',
    flat('service', ({ end_date }) => end_date === LAST_DAY),
    `${LAST_DAY}T00:00:00`,
  ),
  lasts(
    'webhook-service-open',
    flat('service', (body) => !Object.hasOwn(body, 'end_date')),
    '2099-01-01T00:00:00Z',
  ),
  lasts(
    'webhook-service-bad-date',
    flat('service', ({ end_date }) => end_date === '2030-02-30'),
    '2030-03-02T23:59:59Z',
  ),
  answers('webhook-upgrade', flat('service'), (json) => {
    if (/기존 테넌트/.test(`${memberAt(json, 'message')}`)) setAt(json, 'expires_at', null)
  }),
]

const keyHeader = 'idempotency-key'

const idempotency: readonly Mutant[] = [
  answers('idempotency-replay', { when: (_, request) => !isSigned(request) }, (json, { headers }) => {
    if (headers['idempotent-replay'] !== undefined) setAt(json, 'message', 'once more')
  }),
  misreads('idempotency-one-effect', { on: 'createUser' }, ({ headers }) => {
    headers[keyHeader] = undefined
  }),
  accepts('idempotency-other-body', { on: 'activateTenant', refusal: 422, when: ({ plan }) => plan === 'other' }),
  misreads(
    'idempotency-long-key',
    { when: (_, { headers }) => (headers[keyHeader]?.length ?? 0) > 255 },
    ({ headers }) => {
      headers[keyHeader] = headers[keyHeader]?.slice(0, 255)
    },
  ),
  mutant('idempotency-scope', () => {
    const first = new Map<string, unknown>()
    return {
      answer({ status, json }, { operation, headers }) {
        const key = headers[keyHeader]
        if (operation !== 'activateTenant' || key === undefined || status !== 200) return
        if (first.has(key)) setAt(json, 'tenant_id', first.get(key))
        else first.set(key, memberAt(json, 'tenant_id'))
      },
    }
  }),
  mutant('idempotency-refusals', () => {
    const refused = new Set<string>()
    return {
      answer(answer, { operation, headers }) {
        const key = headers[keyHeader]
        if (operation !== 'activateTenant' || key === undefined) return
        if (refused.has(key)) answer.status = 422
        if (answer.status === 422 && memberAt(answer.json, 'error') === 'INVALID_REQUEST') refused.add(key)
      },
    }
  }),
]

function trpc(name: string): (request: TamperedRequest) => boolean {
  return ({ path, headers }) => path === `/mt/trpc/${name}` && headers['x-market-api-key'] !== undefined
}

function inputOf({ query }: TamperedRequest): string {
  return String(memberAt(JSON.parse(new URLSearchParams(query).get('input') ?? '{}'), 'tenant_id'))
}

const protocol: readonly Mutant[] = [
  withStore('trpc-query', ({ tenants }, request) =>
    trpc('getTenantStatus')(request) && tenants.has(inputOf(request))
      ? { status: 200, json: { result: { data: {} } } }
      : undefined,
  ),
  mutant('trpc-mutation', () => ({
    request: (request) =>
      trpc('createUser')(request) ? { json: { result: { data: { user_id: 'nobody' } } } } : undefined,
  })),
  mutant('trpc-key', () => ({
    request: ({ path, headers }) =>
      path === '/mt/trpc/getTenantStatus' && headers['x-market-api-key'] === undefined
        ? { status: 403, json: {} }
        : undefined,
  })),
  withStore('trpc-unknown-tenant', ({ tenants }, request) =>
    trpc('getTenantStatus')(request) && !tenants.has(inputOf(request)) ? { status: 500, json: {} } : undefined,
  ),
  mutant('trpc-input', () => ({
    request: (request) => (trpc('activateTenant')(request) ? { status: 400, json: {} } : undefined),
  })),
  mutant('trpc-batch', () => ({ request: ({ path }) => (path.includes(',') ? { status: 404, json: {} } : undefined) })),
  answers('document-version', { when: (_, { path }) => path === '/mt/openapi.json' }, (json) =>
    setAt(json, 'openapi', '3.0.3'),
  ),
  answers('document-routes', { when: (_, { path }) => path === '/mt/openapi.json' }, (json) =>
    setAt(json, 'paths', {}),
  ),
]

/** Services that are broken in webhooks, idempotency keys or the tRPC protocol. */
export const webhookMutants: readonly Mutant[] = [
  ...classic,
  ...shapes,
  ...reuse,
  ...expiry,
  ...idempotency,
  ...protocol,
]

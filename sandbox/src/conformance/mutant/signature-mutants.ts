import { verifyWebhook } from '@mt-paas/server'
import { FOREIGN_SECRET, NEAR } from '../checks/signature.ts'
import { memberAt } from '../http/exchange.ts'
import { type Mutant, misreads, mutant, setAt } from './mutant.ts'
import { REFERENCE_KEY, REFERENCE_WEBHOOK_SECRET } from './reference-key.ts'
import { jsonOf, type TamperedRequest } from './tampering.ts'

const ID = 'webhook-id'
const TIMESTAMP = 'webhook-timestamp'
const SIGNATURE = 'webhook-signature'

type Verdict = 'good' | 'signature' | 'late' | 'early' | 'incomplete' | 'unsigned'

/** What is to be said of a request's signature. */
function verdictOf({ headers, body }: TamperedRequest): Verdict {
  if (headers[ID] === undefined && headers[SIGNATURE] === undefined) return 'unsigned'
  const now = new Date()
  const signed = { headers, body: Buffer.from(body, 'latin1') }
  const verdict = verifyWebhook(signed, { secrets: [REFERENCE_WEBHOOK_SECRET], now })
  if (verdict.valid) return 'good'
  if (verdict.reason === 'headers') return 'incomplete'
  if (verdict.reason === 'signature') return 'signature'
  return Number(headers[TIMESTAMP]) * 1_000 < now.getTime() ? 'late' : 'early'
}

/** Whether it is signed with one of these secrets, or for a time so many seconds away. */
function isSigned(
  { headers, body }: TamperedRequest,
  {
    secrets = [REFERENCE_WEBHOOK_SECRET],
    shift = 0,
  }: { readonly secrets?: readonly string[]; readonly shift?: number },
): boolean {
  const timestamp = String(Number(headers[TIMESTAMP]) + shift)
  const signed = { headers: { ...headers, [TIMESTAMP]: timestamp }, body: Buffer.from(body, 'latin1') }
  return verifyWebhook(signed, { secrets, now: new Date() }).valid
}

/** Looks at no signature: the service takes the request for an unsigned one. */
function unsigned(fails: string | readonly string[], isMeant: (request: TamperedRequest) => boolean): Mutant {
  return misreads(fails, { when: (_, request) => isMeant(request) }, ({ headers }) => {
    for (const name of [ID, TIMESTAMP, SIGNATURE]) headers[name] = undefined
  })
}

const wrong = ['signature-secret', 'signature-body', 'signature-id', 'signature-timestamp']

/** Services that are broken in signatures of webhooks. */
export const signatureMutants: readonly Mutant[] = [
  mutant(['signature-good', 'signature-clock', 'signature-rotation', 'signature-replay-answer'], () => ({
    request(request) {
      const isReported = Object(jsonOf(request)).callback_url != null
      return verdictOf(request) === 'good' && !isReported ? { status: 401, json: {} } : undefined
    },
  })),
  mutant('signature-clock', () => ({
    request(request) {
      const isOff = Date.now() - Number(request.headers[TIMESTAMP]) * 1_000 > 60_000
      return verdictOf(request) === 'good' && isOff ? { status: 401, json: {} } : undefined
    },
  })),
  misreads('signature-rotation', { when: (_, { headers }) => headers[SIGNATURE] !== undefined }, ({ headers }) => {
    headers[SIGNATURE] = headers[SIGNATURE]?.split(' ')[0]
  }),
  mutant('signature-replay-answer', () => ({
    answer({ json, headers }, request) {
      if (headers['idempotent-replay'] !== undefined && request.headers[ID]) setAt(json, 'message', 'once more')
    },
  })),
  mutant('signature-replay-effect', () => {
    const seen = new Set<string>()
    const made: unknown[] = []
    return {
      request(request) {
        const id = request.headers[ID] ?? ''
        if (seen.has(id)) made.push(memberAt(jsonOf(request), 'applicant', 'email'))
        if (verdictOf(request) === 'good') seen.add(id)
        return undefined
      },
      answer({ json }, { operation }) {
        if (operation === 'compat.listTenants')
          setAt(json, 'tenants', (tenants: unknown) => [...listOf(tenants), ...made.map(listed)])
      },
    }
  }),
  unsigned(
    [...wrong, 'signature-approved', 'signature-no-effect', 'signature-silent'],
    (request) => verdictOf(request) === 'signature',
  ),
  unsigned(['signature-secret', 'signature-approved', 'signature-no-effect', 'signature-silent'], (request) =>
    isSigned(request, { secrets: [FOREIGN_SECRET] }),
  ),
  unsigned('signature-timestamp', (request) => isSigned(request, { shift: -NEAR })),
  unsigned(['signature-stale', 'signature-silent'], (request) => verdictOf(request) === 'late'),
  unsigned('signature-future', (request) => verdictOf(request) === 'early'),
  unsigned('signature-incomplete', (request) => verdictOf(request) === 'incomplete'),
  misreads(
    'signature-and-key',
    { when: (_, request) => verdictOf(request) === 'good' && request.headers['x-api-key'] === 'invalid_key' },
    ({ headers }) => {
      headers['x-api-key'] = REFERENCE_KEY
    },
  ),
  unsigned(
    'signature-approved',
    (request) => request.operation === 'compat.applicationApproved' && verdictOf(request) === 'signature',
  ),
  mutant('signature-no-effect', () => {
    const made: unknown[] = []
    return {
      request(request) {
        if (verdictOf(request) === 'signature') made.push(memberAt(jsonOf(request), 'applicant', 'email'))
        return undefined
      },
      answer({ json }, { operation }) {
        if (operation === 'compat.listTenants')
          setAt(json, 'tenants', (tenants: unknown) => [...listOf(tenants), ...made.map(listed)])
      },
    }
  }),
  mutant('signature-silent', () => ({
    answer(answer, request) {
      if (answer.status === 401 && verdictOf(request) === 'late')
        setAt(answer.json, 'message', 'The signature is too old')
    },
  })),
]

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A tenant as the simulator lists it. */
function listed(email: unknown) {
  return { tenant_id: `${email}`, university_name: null, email, status: null, created_at: null, users_count: null }
}

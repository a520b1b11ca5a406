import { setTimeout as delay } from 'node:timers/promises'
import { TenantExistsError, TenantNotFoundError } from '@mt-paas/server'
import { memberAt } from '../http/exchange.ts'
import { accepts, answers, leaks, type Mutant, misreads, misreadsBody, mutant, refuses, setAt } from './mutant.ts'
import type { ReferenceStore } from './reference-store.ts'
import { jsonOf } from './tampering.ts'

const activate = 'activateTenant'
const deactivate = 'deactivateTenant'
const DAY_MS = 86_400_000

const health: readonly Mutant[] = [
  leaks('health-answer', { on: 'checkHealth' }),
  refuses('health-wrong-key', {
    on: 'checkHealth',
    when: (_, { headers }) => headers['x-market-api-key'] === 'invalid_key',
    status: 401,
  }),
  answers('health-timestamp', { on: 'checkHealth' }, (json) => setAt(json, 'timestamp', new Date().toISOString())),
  answers('health-clock', { on: 'checkHealth' }, (json) => setAt(json, 'timestamp', '2001-01-01T00:00:00Z')),
  answers('health-word', { on: 'checkHealth' }, (json) => setAt(json, 'status', 'fine')),
]

const defaults: Readonly<Record<string, unknown>> = {
  tenant_name: '이름 없음',
  plan: 'basic',
  features: [],
  contact: { email: 'a@example.com', name: 'A' },
}

const missing = Object.keys(defaults).map((name) =>
  misreadsBody(
    `activate-missing-${name.replace('_', '-')}`,
    { on: activate, when: (body) => lacks(body, name) },
    { [name]: defaults[name] },
  ),
)

/** Lacks this member and no other. */
function lacks(body: Readonly<Record<string, unknown>>, name: string): boolean {
  const required = ['tenant_id', ...Object.keys(defaults)]
  return required.every((member) => Object.hasOwn(body, member) !== (member === name))
}

const activation: readonly Mutant[] = [
  leaks('activate-answer', { on: activate }),
  answers('activate-access-url', { on: activate }, (json) => setAt(json, 'access_url', 'somewhere')),
  mutant('activate-visible', () => ({
    handler: (good) => ({ getTenantStatus: async (call) => ({ ...(await good.getTenantStatus(call)), features: [] }) }),
  })),
  accepts(['activate-twice', 'concurrency-activate', 'error-body-409'], {
    on: activate,
    refusal: 409,
  }),
  misreads(
    'activate-mismatch',
    {
      on: activate,
      when: ({ tenant_id }, { parameters }) =>
        `${tenant_id}`.startsWith('mtv_') && tenant_id !== parameters.tenant_id && !parameters.tenant_id?.includes('%'),
    },
    (request, body) => {
      request.body = JSON.stringify({
        ...body,
        tenant_name: 'x',
        contact: defaults.contact,
        tenant_id: request.parameters.tenant_id,
      })
    },
  ),
  ...missing,
  misreads(
    'activate-missing-tenant-id',
    { on: activate, when: (body) => lacks(body, 'tenant_id') },
    (request, body) => {
      request.body = JSON.stringify({
        ...body,
        tenant_name: 'x',
        contact: defaults.contact,
        tenant_id: request.parameters.tenant_id,
      })
    },
  ),
  misreadsBody(
    'activate-missing-email',
    {
      on: activate,
      when: ({ contact, plan }) => typeof plan === 'string' && Object.keys(Object(contact)).join() === 'name',
    },
    { contact: defaults.contact },
  ),
  misreadsBody(
    'activate-contact-text',
    { on: activate, when: ({ contact }) => typeof contact === 'string' },
    { contact: defaults.contact },
  ),
  misreadsBody(
    'activate-name-number',
    { on: activate, when: ({ tenant_name }) => typeof tenant_name === 'number' },
    { tenant_name: '1.5' },
  ),
  misreadsBody('activate-plan-null', { on: activate, when: ({ plan }) => plan === null }, { plan: 'basic' }),
  misreadsBody(
    'activate-features-text',
    { on: activate, when: ({ features }) => features === 'rag' },
    { features: ['rag'] },
  ),
  misreadsBody(
    'activate-feature-number',
    { on: activate, when: ({ features }) => memberAt(features, 1) === 5 },
    { features: ['rag'] },
  ),
  mutant('activate-refused', () => {
    let store: ReferenceStore | undefined
    return {
      handler(_, state) {
        store = state
        return {}
      },
      answer({ status }, request) {
        const { plan, contact } = Object(jsonOf(request))
        const isMeant = request.operation === activate && status === 422 && plan === 5 && memberAt(contact, 'email')
        if (isMeant && !request.headers['idempotency-key'])
          store?.begin(request.parameters.tenant_id ?? '', { plan: '5', features: [] })
      },
    }
  }),
  refuses('activate-unknown-members', { on: activate, when: (body) => Object.hasOwn(body, 'colour') }),
  refuses('activate-config-null', { on: activate, when: ({ config }) => config === null }),
  refuses('activate-no-features', {
    on: activate,
    when: ({ features }) => Array.isArray(features) && features.length === 0,
  }),
  refuses('activate-any-plan', { on: activate, when: ({ plan }) => plan === 'galactic_2030' }),
  refuses('activate-config-left-out', {
    on: activate,
    when: (body) => Object.hasOwn(body, 'contact') && !Object.hasOwn(body, 'config'),
  }),
  mutant('concurrency-activate', () => ({
    handler: (good, store) => ({
      activateTenant: async (call) => {
        const { tenant_id, tenant_name } = call.input
        if (store.tenants.get(tenant_id)?.status === 'active') throw new TenantExistsError(tenant_id)
        await delay(5)
        if (store.tenants.get(tenant_id)?.status !== 'active') return good.activateTenant(call)
        return { success: true, tenant_id, access_url: 'https://reference.example.com', message: tenant_name }
      },
    }),
  })),
]

const status: readonly Mutant[] = [
  leaks(['status-answer', 'trpc-query'], { on: 'getTenantStatus' }),
  mutant('status-times', () => ({
    handler: (good) => ({
      getTenantStatus: async (call) => ({ ...(await good.getTenantStatus(call)), updated_at: '2026-01-01 09:00:00' }),
    }),
  })),
]

const deactivation: readonly Mutant[] = [
  leaks('deactivate-answer', { on: deactivate }),
  mutant('deactivate-visible', () => ({
    handler: (good) => ({
      getTenantStatus: async (call) => ({ ...(await good.getTenantStatus(call)), status: 'active' }),
    }),
  })),
  answers('deactivate-erases', { on: deactivate, when: ({ preserve_data }) => preserve_data === false }, (json) =>
    setAt(json, 'data_preserved', true),
  ),
  answers('deactivate-keeps', { on: deactivate, when: ({ preserve_data }) => preserve_data !== false }, (json) =>
    setAt(json, 'data_retention_until', '2001-01-01T00:00:00Z'),
  ),
  mutant('deactivate-twice', () => ({
    handler: (good, store) => ({
      deactivateTenant: (call) => {
        const { tenant_id } = call.input
        if (store.known(tenant_id).status === 'deactivated') throw new TenantNotFoundError(tenant_id)
        return good.deactivateTenant(call)
      },
    }),
  })),
  misreadsBody(
    'deactivate-missing-reason',
    { on: deactivate, when: (body) => !Object.hasOwn(body, 'reason') },
    { reason: 'none' },
  ),
  misreadsBody(
    'deactivate-preserve-null',
    { on: deactivate, when: ({ preserve_data }) => preserve_data === null },
    { preserve_data: true },
  ),
  misreadsBody(
    'deactivate-preserve-word',
    { on: deactivate, when: ({ preserve_data }) => preserve_data === 'perhaps' },
    { preserve_data: true },
  ),
  refuses('deactivate-preserve-no', { on: deactivate, when: ({ preserve_data }) => preserve_data === 'no' }),
  refuses('deactivate-preserve-zero', { on: deactivate, when: ({ preserve_data }) => preserve_data === 0 }),
  mutant('deactivate-resumes', () => ({
    handler: (good, { tenants }) => ({
      activateTenant: (call) => {
        if (typeof tenants.get(call.input.tenant_id)?.retentionUntil === 'string')
          throw new TenantExistsError(call.input.tenant_id)
        return good.activateTenant(call)
      },
    }),
  })),
  mutant('deactivate-begins-anew', () => ({
    handler: (good, store) => ({
      deactivateTenant: async (call) => {
        const answer = await good.deactivateTenant(call)
        const until = new Date(store.now().getTime() + DAY_MS).toISOString()
        store.known(call.input.tenant_id).retentionUntil = until
        return answer
      },
    }),
  })),
]

/** Services that are broken in health or lifecycle. */
export const lifecycleMutants: readonly Mutant[] = [...health, ...activation, ...status, ...deactivation]

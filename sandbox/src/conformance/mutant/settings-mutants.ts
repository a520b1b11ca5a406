import { setTimeout as delay } from 'node:timers/promises'
import { Branding, FeatureFlags, TenantConfig, UsageLimits } from '@mt-paas/server/contract'
import { accepts, answers, leaks, type Mutant, misreads, mutant, setAt } from './mutant.ts'
import { merged } from './reference-handler.ts'
import { putJson } from './tampering.ts'

const resources = 'listResources'
const read = 'getSettings'
const update = 'updateSettings'

const resourceMutants: readonly Mutant[] = [
  leaks('resources-answer', { on: resources }),
  ...(
    [
      ['type-unknown', 'type=video'],
      ['type-empty', 'type='],
      ['limit-zero', 'limit=0'],
      ['limit-too-large', 'limit=101'],
      ['offset-negative', 'offset=-1'],
    ] as const
  ).map(([name, query]) => accepts(`resources-${name}`, { on: resources, query })),
  answers('resources-type', { on: resources, when: (_, { query }) => query.includes('type=course') }, (json) =>
    setAt(json, 'resource_type', null),
  ),
  misreads('resources-limit', { on: resources, query: 'limit=1' }, (request) => {
    request.query = 'limit=2'
  }),
  misreads('resources-search', { on: resources, when: (_, { query }) => query.startsWith('search=%') }, (request) => {
    request.query = 'limit=100'
  }),
  answers(
    'resources-search-none',
    { on: resources, when: (_, { query }) => /^search=\w{20}$/.test(query) },
    (_, answer) => {
      answer.status = 404
    },
  ),
]

/** Puts another configuration in when a change has this form. */
function resets(
  fails: string,
  isMeant: (patch: Readonly<Record<string, unknown>>) => boolean,
  config: (before: TenantConfig, patch: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => TenantConfig,
): Mutant {
  return mutant(fails, () => ({
    handler: (good, store) => ({
      updateSettings: async (call) => {
        const { tenant_id, ...patch } = call.input
        if (!isMeant(patch)) return good.updateSettings(call)
        const tenant = store.active(tenant_id)
        tenant.config = config(tenant.config, Object(patch))
        return good.getSettings({ ...call, input: { tenant_id } })
      },
    }),
  }))
}

function names(part: string, member: string) {
  return (patch: Readonly<Record<string, unknown>>) => Object.hasOwn(Object(patch[part] ?? {}), member)
}

/** Takes a member out of a part of the change. */
function forgets(fails: string, part: string, member: string): Mutant {
  return misreads(fails, { on: update, when: (body) => names(part, member)(body) }, (request, body) => {
    const { [member]: _, ...rest } = Object(body[part])
    putJson(request, { ...body, [part]: rest })
  })
}

const settingsMutants: readonly Mutant[] = [
  leaks('settings-answer', { on: read }),
  leaks('settings-update-answer', { on: update, when: (body) => names('limits', 'max_users')(body) }),
  resets('settings-partial-features', names('features', 'chat'), (before, { features }) => ({
    ...before,
    features: FeatureFlags.parse(features),
  })),
  resets('settings-partial-limits', names('limits', 'max_storage_mb'), (before, { limits }) => ({
    ...before,
    limits: UsageLimits.parse(limits),
  })),
  resets('settings-partial-branding', names('branding', 'logo_url'), (before, { branding }) => ({
    ...before,
    branding: Branding.parse(branding),
  })),
  misreads(
    'settings-branding-null',
    { on: update, when: ({ branding }) => Object(branding).primary_color === null },
    (request) => {
      putJson(request, {})
    },
  ),
  forgets('settings-own-feature', 'features', 'voice_chat'),
  resets(
    'settings-empty-object',
    (patch) => Object.keys(patch).length === 0,
    () => TenantConfig.parse({}),
  ),
  resets(
    'settings-null-parts',
    ({ features }) => features === null,
    () => TenantConfig.parse({}),
  ),
  misreads(
    'settings-unknown-limit',
    { on: update, when: (body) => names('limits', 'max_unicorns')(body) },
    (request) => {
      putJson(request, { limits: { max_users: 3 } })
    },
  ),
  accepts('settings-no-body', { on: update, when: (_, { body }) => body === '' }),
  accepts('settings-features-list', { on: update, when: ({ features }) => Array.isArray(features) }),
  accepts('settings-limit-fraction', { on: update, when: ({ limits }) => Object(limits).max_users === 1.5 }),
  accepts('settings-limit-null', { on: update, when: ({ limits }) => Object(limits).max_users === null }),
  accepts('settings-feature-word', { on: update, when: ({ features }) => Object(features).rag === 'perhaps' }),
  mutant('concurrency-settings', () => ({
    handler: (good, store) => ({
      updateSettings: async (call) => {
        const { tenant_id, ...patch } = call.input
        const tenant = store.active(tenant_id)
        const config = merged(tenant.config, patch)
        await delay(5)
        tenant.config = config
        return good.getSettings({ ...call, input: { tenant_id } })
      },
    }),
  })),
]

/** Services that are broken in resources or settings. */
export const configurationMutants: readonly Mutant[] = [...resourceMutants, ...settingsMutants]

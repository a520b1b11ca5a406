import type { ApplicationKind } from '@mt-paas/server/contract'
import type { ApplicationInput } from './application-input.ts'
import { assertTarget } from './delivery/target.ts'
import { tenantIdOf } from './delivery/webhook-body.ts'
import { EngineError } from './engine-error.ts'
import type { EngineParts } from './engine-parts.ts'
import {
  type ApplicationRecord,
  type ApplicationState,
  applicationRecord,
  type EventRecord,
  eventRecord,
  type ServiceRecord,
} from './entity/index.ts'
import type { Services } from './services.ts'

/** Which applications are asked for. */
export interface ApplicationFilter {
  /** @default any */
  readonly status?: ApplicationState | undefined
  /** @default any */
  readonly kind?: ApplicationKind | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** The applications of a sandbox. */
export interface Applications {
  /** @throws EngineError 422 for a target that is refused or a service that is not known, 409 for an id in use */
  create(kind: ApplicationKind, input?: ApplicationInput): Promise<ApplicationRecord>
  /** @throws EngineError 404 */
  get(id: number): Promise<ApplicationRecord>
  /** Newest first. */
  list(filter: ApplicationFilter): Promise<readonly ApplicationRecord[]>
  /** Everything that happened to an application, in order. */
  timeline(id: number): Promise<readonly EventRecord[]>
}

const DAY = 86_400_000
const DAYS = { demo: 30, service: 365 } as const
const PATHS = {
  flat: '/api/tenant/webhook/auto-provision',
  nested: '/api/tenant/webhook/application-approved',
} as const

/** The applications of an engine. */
export function createApplications(parts: EngineParts, services: Services): Applications {
  const { store, clock, events, rule, ids, callbackUrl } = parts
  const find = (id: number) => store.reader().findOne(applicationRecord, { id })

  async function serviceOf({ service, webhook_url }: ApplicationInput): Promise<AppliedTo> {
    const slug = typeof service === 'string' ? service : service?.slug
    const known = webhook_url === undefined ? await services.require(slug) : await knownService(slug)
    const named = typeof service === 'object' ? service : undefined
    return {
      id: named?.id ?? known?.serviceId ?? 1,
      slug: named?.slug ?? known?.slug ?? slug ?? 'advisor',
      title: named?.title ?? known?.title ?? slug ?? 'Advisor',
      record: known,
    }
  }

  async function knownService(slug: string | undefined): Promise<ServiceRecord | null> {
    if (slug !== undefined) return services.find(slug)
    const [first] = await services.list()
    return first ?? null
  }

  return {
    async create(kind, input = {}) {
      const service = await serviceOf(input)
      if (input.application_id !== undefined && (await find(input.application_id))) {
        throw EngineError.applicationExists(input.application_id)
      }
      const shape = input.shape ?? service.record?.shape ?? 'nested'
      const id = ids.application(input.application_id)
      const university = input.applicant?.university_name ?? '한림대학교'
      const today = clock.now()
      const draft = {
        id,
        kind,
        contact: input.contact ?? contactOf(id),
        reason: input.reason ?? `${university} ${kind} 신청`,
        applicantId: input.applicant?.id ?? 1,
        applicantName: input.applicant?.name ?? '홍길동',
        applicantEmail: input.applicant?.email ?? 'admin@hallym.ac.kr',
        universityName: university,
        serviceId: service.id,
        serviceSlug: service.slug,
        serviceTitle: service.title,
        shape,
        apiKey: input.api_key ?? null,
        callbackUrl: input.callback_url ?? callbackUrl(),
        startDate: input.start_date ?? dayOf(today),
        endDate: input.end_date ?? dayOf(new Date(today.getTime() + DAYS[kind] * DAY)),
        status: 'pending' as const,
        createdAt: today,
        updatedAt: today,
      }
      const url = input.webhook_url ?? targetOf(service.record?.baseUrl ?? '', draft)
      await assertTarget(url, rule)
      return events.journal(async (em, tell) => {
        const application = em.create(applicationRecord, { ...draft, url })
        tell('application.created', { applicationId: id, data: { kind, service: service.slug, shape } })
        return application
      })
    },
    async get(id) {
      const application = await find(id)
      if (!application) throw EngineError.unknown('application', id)
      return application
    },
    list: ({ status, kind, before, limit }) =>
      store
        .reader()
        .find(
          applicationRecord,
          { ...(status && { status }), ...(kind && { kind }), ...(before !== undefined && { id: { $lt: before } }) },
          { orderBy: { id: 'desc' }, limit },
        ),
    timeline: (id) => store.reader().find(eventRecord, { applicationId: id }, { orderBy: { id: 'asc' }, limit: 1_000 }),
  }
}

interface AppliedTo {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly record: ServiceRecord | null
}

/** Telephone numbers as the market's simulator makes them. */
function contactOf(id: number): string {
  return `02-${1_000 + (id % 9_000)}-${1_000 + ((7 * id) % 9_000)}`
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function targetOf(baseUrl: string, { shape, id, kind, serviceSlug }: TargetOptions): string {
  if (shape !== 'standard') return `${baseUrl}${PATHS[shape]}`
  return `${baseUrl}/mt/tenant/${encodeURIComponent(tenantIdOf({ kind, serviceSlug, id }))}/activate`
}

type TargetOptions = Pick<ApplicationRecord, 'shape' | 'id' | 'kind' | 'serviceSlug'>

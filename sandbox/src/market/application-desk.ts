import { ApplicationKind } from '@mt-paas/server/contract'
import { z } from 'zod'
import { webhookBody } from '../engine/delivery/webhook-body.ts'
import { type ApplicationRecord, applicationRecord, type ReviewRecord, reviewRecord } from '../engine/entity/index.ts'
import { ApplicationInput, type ServiceRecord } from '../engine/index.ts'
import {
  listMarketApplications,
  type MarketApplicationFilter,
  type MarketApplicationView,
  marketApplicationViews,
} from './application-list.ts'
import { type ApplicationAction, applicationActions, applicationStateOf } from './application-state.ts'
import { entryOf, planOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'
import type { MarketParts } from './market-parts.ts'
import { post } from './outbox.ts'
import { reuseTenant } from './reuse-tenant.ts'
import type { Plan } from './service-manifest.ts'
import { DEMO_DAYS, dayOf, daysAfter, endOf } from './term.ts'

const { service: _service, ...told } = ApplicationInput.shape

/** What an applicant says. */
export const ApplyInput = z.strictObject({
  ...told,
  /** Slug. */
  service: z.string(),
  kind: ApplicationKind.default('demo'),
  /** @default the first plan of the kind */
  plan: z.string().optional(),
})
export type ApplyInput = z.infer<typeof ApplyInput>

/** An application that is approved, with what differs from it. */
export interface ApproveOptions {
  readonly id: number
  /** @default the plan that was applied for */
  readonly plan?: string | undefined
  /** `YYYY-MM-DD`. @default today for a demo, else the day that was applied for */
  readonly startDate?: string | undefined
  /** `YYYY-MM-DD`. @default 30 days later for a demo, else the day that was applied for */
  readonly endDate?: string | undefined
}

/** Where applications are decided on. */
export interface ApplicationDesk {
  list(
    filter: MarketApplicationFilter,
  ): Promise<{ readonly total: number; readonly applications: readonly MarketApplicationView[] }>
  /** @throws EngineError 404 */
  get(id: number): Promise<MarketApplicationView>
  /** @throws EngineError 422; MarketError 422 */
  apply(input: ApplyInput): Promise<MarketApplicationView>
  /** Sends the webhook that makes the service provision. @throws EngineError 404; MarketError 409, 422 */
  approve(options: ApproveOptions): Promise<MarketApplicationView>
  /** @throws EngineError 404; MarketError 409 */
  reject(id: number, reason: string): Promise<MarketApplicationView>
  /** @throws EngineError 404; MarketError 409 */
  withdraw(id: number): Promise<MarketApplicationView>
  /** Sends the webhook now, again under its id when it still waits. @throws EngineError 404; MarketError 409 */
  retry(id: number): Promise<MarketApplicationView>
  /** Sends what was approved and never sent, because the process ended between. */
  recover(): Promise<void>
}

/** The desk of a market; `decided` is told of applications that may have become subscriptions already. */
export function createApplicationDesk(parts: MarketParts, decided: (id: number) => Promise<void>): ApplicationDesk {
  const { engine } = parts
  const busy = new Set<number>()

  async function alone<TResult>(id: number, work: () => Promise<TResult>): Promise<TResult> {
    if (busy.has(id)) throw MarketError.busy()
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }

  async function get(id: number): Promise<MarketApplicationView> {
    const [view] = await marketApplicationViews(parts, [await engine.applications.get(id)])
    if (!view) throw new TypeError('An application has a view')
    return view
  }

  async function standing(id: number, action: ApplicationAction): Promise<Standing> {
    const application = await engine.applications.get(id)
    const review = await engine.store.reader().findOne(reviewRecord, { applicationId: id })
    const [sent] = await engine.deliveries.list({ applicationId: id, limit: 1 })
    const source = { application, review, wasSent: sent !== undefined }
    const allowed = applicationActions(source)
    if (!allowed.includes(action)) {
      throw MarketError.refused(action, { what: 'application', state: applicationStateOf(source), allowed })
    }
    return { application, review, wasSent: source.wasSent }
  }

  async function send(application: ApplicationRecord, plan: Plan): Promise<void> {
    if (application.shape !== 'standard') return void (await engine.deliveries.ofApplication(application))
    if (await reuseTenant(parts, application, plan)) return
    const body = JSON.stringify({ ...webhookBody(application), plan: plan.id, features: plan.features })
    await engine.deliveries.ofApplication(application, { body })
  }

  async function approve({ id, plan: planId, startDate, endDate }: ApproveOptions): Promise<MarketApplicationView> {
    const { application, review, wasSent } = await standing(id, 'approve')
    const { kind } = application
    const service = await engine.services.require(application.serviceSlug)
    const plan = planFor(service, kind, planId ?? review?.plan)
    const now = engine.clock.now()
    const start = startDate ?? (kind === 'demo' ? dayOf(now) : application.startDate)
    const end = endDate ?? (kind === 'demo' ? daysAfter(now, DEMO_DAYS) : application.endDate)
    assertTerm(start, end, now)
    const approved = await engine.events.journal(async (em, tell) => {
      const changed = await em.findOneOrFail(applicationRecord, { id })
      // What was sent already told the service its own dates.
      if (!wasSent) Object.assign(changed, { startDate: start, endDate: end, updatedAt: now })
      const decision = { plan: plan.id, state: 'approved' as const, reason: null, decidedAt: now }
      const known = await em.findOne(reviewRecord, { applicationId: id })
      if (known) Object.assign(known, decision)
      else em.create(reviewRecord, { applicationId: id, createdAt: now, ...decision })
      tell('application.approved', { applicationId: id, data: { plan: plan.id } })
      return changed
    })
    if (wasSent) await decided(id)
    else await send(approved, plan)
    return get(id)
  }

  async function decide(id: number, state: 'rejected' | 'withdrawn', reason: string | null) {
    const { application, review } = await standing(id, state === 'rejected' ? 'reject' : 'withdraw')
    const service = await engine.services.find(application.serviceSlug)
    const now = engine.clock.now()
    const plan = review?.plan ?? (service ? planFor(service, application.kind, undefined).id : '')
    await engine.events.journal(async (em, tell) => {
      const decision = { state, reason, decidedAt: now }
      const known = await em.findOne(reviewRecord, { applicationId: id })
      if (known) Object.assign(known, decision)
      else em.create(reviewRecord, { applicationId: id, plan, createdAt: now, ...decision })
      tell(`application.${state}`, { applicationId: id, data: { reason } })
      if (state === 'rejected') postRejection(em, { application, service, reason: reason ?? '' })
    })
    return get(id)
  }

  function postRejection(em: Parameters<typeof post>[0], { application, service, reason }: Rejection): void {
    post(em, engine, {
      kind: 'rejected',
      to: application.applicantEmail,
      applicationId: application.id,
      words(text, language) {
        const title = service ? entryOf(service).title[language] : application.serviceTitle
        const { applicantName: name, universityName: university } = application
        return text.rejected({ name, university, service: title }, reason)
      },
    })
  }

  return {
    list: (filter) => listMarketApplications(parts, filter),
    get,
    async apply({ kind, plan: planId, ...input }) {
      const service = await engine.services.require(input.service)
      const plan = planFor(service, kind, planId)
      const now = engine.clock.now()
      if (input.end_date !== undefined) assertTerm(input.start_date ?? dayOf(now), input.end_date, now)
      const { id } = await engine.applications.create(kind, input)
      await engine.events.journal(async (em, tell) => {
        em.create(reviewRecord, { applicationId: id, plan: plan.id, state: 'submitted', createdAt: now })
        tell('application.submitted', { applicationId: id, data: { plan: plan.id, service: service.slug } })
      })
      return get(id)
    },
    approve: (options) => alone(options.id, () => approve(options)),
    reject: (id, reason) => alone(id, () => decide(id, 'rejected', reason)),
    withdraw: (id) => alone(id, () => decide(id, 'withdrawn', null)),
    retry: (id) =>
      alone(id, async () => {
        const { application, review } = await standing(id, 'retry')
        if (application.status === 'completed') await decided(id)
        else {
          const [waiting] = await engine.deliveries.list({ applicationId: id, state: 'waiting', limit: 1 })
          const service = await engine.services.require(application.serviceSlug)
          if (waiting) await engine.deliveries.hasten(waiting.id)
          else await send(application, planFor(service, application.kind, review?.plan))
        }
        return get(id)
      }),
    async recover() {
      const open = await engine.store.reader().find(reviewRecord, { state: 'approved', subscriptionId: null })
      for (const { applicationId: id, plan: planId } of open) {
        const [sent] = await engine.deliveries.list({ applicationId: id, limit: 1 })
        if (sent) await decided(id)
        else {
          const application = await engine.applications.get(id)
          const service = await engine.services.find(application.serviceSlug)
          if (service) await send(application, planFor(service, application.kind, planId))
        }
      }
    },
  }
}

interface Standing {
  readonly application: ApplicationRecord
  readonly review: ReviewRecord | null
  readonly wasSent: boolean
}

interface Rejection {
  readonly application: ApplicationRecord
  readonly service: ServiceRecord | null
  readonly reason: string
}

/** The plan that is named, else the first of the kind. @throws MarketError 422 */
function planFor(service: ServiceRecord, kind: ApplicationKind, id: string | undefined): Plan {
  const { plans } = entryOf(service)
  const [first] = plans
  const found = id === undefined ? (plans.find((plan) => plan.kind === kind) ?? first) : planOf(service, id)
  if (!found) {
    throw MarketError.unknownPlan(
      id ?? '',
      plans.map((plan) => plan.id),
    )
  }
  return found
}

function assertTerm(start: string, end: string, now: Date): void {
  if (end < start) throw MarketError.badDates('The end is before the start')
  if (endOf(end) <= now) throw MarketError.badDates('The end is in the past')
}

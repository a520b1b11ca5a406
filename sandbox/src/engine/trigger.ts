import type { ApplicationInput } from './application-input.ts'
import type { Applications } from './applications.ts'
import type { Attempted } from './delivery/attempted.ts'
import type { Deliveries } from './delivery/deliveries.ts'
import { webhookBody } from './delivery/webhook-body.ts'
import { EngineError } from './engine-error.ts'
import type { ApplicationRecord, AttemptRecord, DeliveryRecord } from './entity/index.ts'
import { isScenario, type ScenarioStep, scenarios } from './scenarios.ts'
import type { Services } from './services.ts'

/** What became of a message and whether it is what was expected. */
export interface TriggeredStep {
  readonly application: ApplicationRecord
  readonly delivery: DeliveryRecord
  readonly attempts: readonly AttemptRecord[]
  /** HTTP statuses that were right. */
  readonly expected: readonly number[]
  readonly ok: boolean
}

/** What became of a scenario. */
export interface Triggered {
  readonly scenario: string
  readonly ok: boolean
  readonly steps: readonly TriggeredStep[]
}

/** What {@link triggerScenario} works with. */
export interface TriggerParts {
  readonly applications: Applications
  readonly deliveries: Deliveries
  readonly services: Services
  readonly attempted: Attempted
}

/**
 * Plays a scenario: its messages are sent one after another, once each.
 * @throws EngineError 404 for a scenario that is not known, 422 when it needs a secret and the service has none
 */
export async function triggerScenario(
  parts: TriggerParts,
  name: string,
  overrides: ApplicationInput = {},
): Promise<Triggered> {
  if (!isScenario(name)) throw EngineError.unknown('scenario', name)
  const steps: TriggeredStep[] = []
  // Messages of one scenario come from one applicant, whom other runs do not know.
  let applicant = overrides.applicant
  for (const step of scenarios[name] as readonly ScenarioStep[]) {
    if (step.needsSecret) await assertSigned(parts.services, overrides)
    const input = { ...step.input, ...overrides, ...(applicant && { applicant }) }
    const made = await parts.applications.create(step.kind, input)
    if (applicant?.email === undefined) {
      applicant = { ...applicant, email: made.applicantEmail }
    }
    steps.push(await play(parts, step, made))
  }
  return { scenario: name, ok: steps.every(({ ok }) => ok), steps }
}

async function assertSigned(services: Services, { service, webhook_url }: ApplicationInput): Promise<void> {
  const slug = typeof service === 'string' ? service : service?.slug
  const known = webhook_url === undefined ? await services.require(slug) : slug ? await services.find(slug) : null
  if (!known?.signingSecret) throw EngineError.badSecret(new Error('The service has no signing_secret to sign with'))
}

async function play(parts: TriggerParts, step: ScenarioStep, application: ApplicationRecord): Promise<TriggeredStep> {
  const body = step.body?.(JSON.stringify(webhookBody(application)))
  const { delivery, attempts } = await parts.attempted(() =>
    parts.deliveries.ofApplication(application, {
      source: 'trigger',
      retry: false,
      ...(step.fault && { fault: step.fault }),
      ...(body !== undefined && { body }),
    }),
  )
  const ok = attempts.every(({ responseStatus: status }) =>
    status == null ? step.expect.length === 0 : step.expect.includes(status),
  )
  return { application: await parts.applications.get(application.id), delivery, attempts, expected: step.expect, ok }
}

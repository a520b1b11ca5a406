import type { Simulator } from '@mt-paas/sandbox'
import { type AnsweringService, goodAnswer } from './open-sandbox.ts'

/** What {@link fillSandbox} left, by what it is good for. */
export interface Filled {
  /** Failed twice, was retried and delivered; its service called back. */
  readonly deliveryId: string
  readonly otherId: string
  readonly applicationId: number
}

const MINUTE = 60_000

/** What {@link fillSandbox} plays with. */
export interface FillOptions extends Pick<AnsweringService, 'answer'> {
  readonly simulator: Simulator
  /** Slug of the service that answers as it is told. */
  readonly service: string
}

/** Plays an ordinary morning: successes, failures of several kinds, retries, replays and callbacks. */
export async function fillSandbox({ simulator, answer, service }: FillOptions): Promise<Filled> {
  const { engine } = simulator
  const trigger = (scenario: string) => engine.trigger(scenario, { service })
  for (let number = 0; number < 6; number++) {
    await trigger(number % 2 === 0 ? 'demo' : 'service-nested')
    await engine.advance(3 * MINUTE)
  }
  answer({ status: 422, body: { success: false, error: 'INVALID_REQUEST', message: 'applicant is required' } })
  const other = await trigger('missing-member')
  answer({ status: 401, body: { success: false, error: 'UNAUTHORIZED', message: 'Invalid API key' } })
  await trigger('wrong-key')
  await trigger('wrong-signature')
  answer({ status: 503, body: { success: false, error: 'SERVICE_UNAVAILABLE', message: '점검 중입니다 <b>50%</b>' } })
  const application = await engine.applications.create('demo', { service, shape: 'flat' })
  const delivery = await engine.deliveries.ofApplication(application)
  await engine.idle()
  await engine.advance(6_000)
  answer(goodAnswer)
  await engine.advance(6 * MINUTE)
  const body = JSON.stringify({
    application_id: application.id,
    success: true,
    tenant_id: 'demo_hallym_1',
    message: '준비되었습니다',
    access_url: 'http://127.0.0.1:10300/?tenant=demo_hallym_1',
    created_at: null,
  })
  await fetch(`${simulator.url}/callback/${application.id}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  answer({ status: 500, body: { success: false, error: 'INTERNAL_ERROR', message: 'Internal Server Error' } })
  const waiting = await engine.applications.create('service', { service, shape: 'nested' })
  await engine.deliveries.ofApplication(waiting)
  await engine.idle()
  answer(goodAnswer)
  await trigger('demo')
  const otherId = other.steps[0]?.delivery.id
  if (otherId === undefined) throw new Error('The scenario sent nothing')
  return { deliveryId: delivery.id, otherId, applicationId: application.id }
}

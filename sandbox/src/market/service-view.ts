import type { ServiceRecord } from '../engine/index.ts'
import { entryOf } from './catalogue-entry.ts'
import { ServiceHealth } from './service-health.ts'

/** A service of the catalogue on the wire; secrets are told to be there, and no more. */
export function serviceView(service: ServiceRecord, subscriptions: number) {
  const { slug, serviceId, baseUrl, shape, apiKey, nextApiKey, signingSecret, serviceKey, callbackSecret } = service
  return {
    slug,
    service_id: serviceId,
    ...entryOf(service),
    base_url: baseUrl,
    shape,
    /** Enough to tell keys apart. */
    api_key_hint: hint(apiKey),
    next_api_key_hint: nextApiKey == null ? null : hint(nextApiKey),
    is_signed: signingSecret != null,
    checks_key: serviceKey != null,
    checks_signature: callbackSecret != null,
    health: ServiceHealth.safeParse(service.health).data ?? null,
    /** Subscriptions that are active or suspended. */
    subscriptions,
    created_at: service.createdAt.toISOString(),
  }
}
export type CatalogueServiceView = ReturnType<typeof serviceView>

const SHOWN = 4
const LONG = 12

function hint(key: string): string {
  return key.length < LONG ? '…' : `…${key.slice(-SHOWN)}`
}

/** A webhook whose type is known, or that has none and is known by its members; or one that is not for us. */
export type WebhookEvent =
  | { readonly isKnown: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly isKnown: false }

const KNOWN = new Set(['application.approved', 'auto.provision'])

/**
 * Tells which event a body is about. The market's recorded bodies have no `type`; one that has is read as Standard
 * Webhooks writes it, its content in `data`, or beside it. A type that is not known must never be taken for an approval.
 */
export function readEvent(body: Readonly<Record<string, unknown>>): WebhookEvent {
  const { type, data } = body
  if (typeof type !== 'string') return { isKnown: true, body }
  if (!KNOWN.has(type.replaceAll(/[-_]/g, '.'))) return { isKnown: false }
  return { isKnown: true, body: isObject(data) ? data : body }
}

/** Answer to an event that means nothing here: the sender shall not send it again. */
export const IGNORED = Object.freeze({
  success: true,
  status: 'ignored',
  tenant_id: null,
  tenant_url: null,
  access_url: null,
  message: '처리하지 않는 이벤트입니다. This type of event is ignored.',
  expires_at: null,
  admin_credentials: null,
  created_at: null,
})

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

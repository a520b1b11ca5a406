import { createHash } from 'node:crypto'
import { signCallback } from '@mt-paas/server'
import type { DeliveryRecord, Shape } from '../entity/index.ts'
import type { Fault } from '../fault/fault.ts'

/** Headers as the market's client was recorded to send them, in its order. */
const RECORDED = Object.freeze({
  Accept: '*/*',
  'Accept-Encoding': 'gzip, deflate',
  Connection: 'keep-alive',
  'User-Agent': 'python-httpx/0.28.1',
  'Content-Type': 'application/json',
})

/** Headers of a delivery without key and signature; `more` replaces or adds, in any case of its names. */
export function deliveryHeaders(
  url: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const replaced = new Set(Object.keys(more).map((name) => name.toLowerCase()))
  const usual = Object.entries({ Host: new URL(url).host, ...RECORDED })
  return Object.fromEntries([...usual.filter(([name]) => !replaced.has(name.toLowerCase())), ...Object.entries(more)])
}

/** What a delivery proves itself with. */
export interface Credentials {
  /** Empty sends none. */
  readonly apiKey: string
  /** The key that takes over next; one made from the present key when null. */
  readonly nextApiKey: string | null
  /** Unsigned when null. */
  readonly secret: string | null
}

/** Everything a request's key and signature are made of. */
export interface AuthHeaderOptions {
  readonly delivery: Pick<DeliveryRecord, 'id' | 'shape' | 'headers'>
  readonly credentials: Credentials
  readonly fault: Fault
  readonly body: Uint8Array
  readonly now: Date
}

/** Old enough to be refused by everyone who looks, ms. */
const STALE = 3_600_000

/** Key, and signature of Standard Webhooks where the delivery has a secret. */
export function authHeaders({ delivery, credentials, fault, body, now }: AuthHeaderOptions): Record<string, string> {
  const { id, shape, headers } = delivery
  const { apiKey, nextApiKey, secret } = credentials
  const key = fault.key === 'wrong' ? 'invalid_key' : fault.key === 'next' ? (nextApiKey ?? `${apiKey}_next`) : apiKey
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const name = keyHeader(shape)
  const result: Record<string, string> = {}
  if (!given.has(name.toLowerCase()) && key !== '') result[name] = key
  if (shape === 'standard' && !given.has('idempotency-key')) result['Idempotency-Key'] = id
  return { ...result, ...signature({ id, secret, fault, body, now }) }
}

/** The header that a shape's key goes in. */
export function keyHeader(shape: Shape): string {
  return shape === 'standard' ? 'X-Market-API-Key' : 'X-API-Key'
}

interface SignatureOptions {
  readonly id: string
  readonly secret: string | null
  readonly fault: Fault
  readonly body: Uint8Array
  readonly now: Date
}

function signature({ id, secret, fault, body, now }: SignatureOptions): Readonly<Record<string, string>> {
  if (fault.signature === 'missing' || (secret === null && fault.signature === undefined)) return {}
  const stale = fault.signature === 'stale' && secret !== null
  const used = secret === null || fault.signature === 'wrong' ? foreignSecret(id) : secret
  const timestamp = stale ? new Date(now.getTime() - STALE) : now
  return { ...signCallback({ id, timestamp, body, secrets: [used] }) }
}

/** A secret that nobody else has. */
function foreignSecret(id: string): string {
  return `whsec_${createHash('sha256').update(`not the secret of ${id}`).digest('base64')}`
}

import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { ActivateResponse, WebhookAnswer } from '@mt-paas/server/contract'
import type { ApplicationState, Shape } from '../entity/index.ts'

/** What an answer says of an application. */
export interface AnswerReading {
  /** Where the application stands by it. */
  readonly state: Exclude<ApplicationState, 'pending'>
  readonly tenantId: string | null
  readonly accessUrl: string | null
  readonly message: string | null
  /** Why it failed, when the service says so in a successful answer. */
  readonly failure: 'rejected_by_service' | 'error_in_service' | null
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const NOTHING: AnswerReading = { state: 'sent', tenantId: null, accessUrl: null, message: null, failure: null }

/**
 * Reads a successful answer in the words of both webhooks. Completed is what says `success: true` or `status:
 * "approved"`; an answer that is no object is a delivery of which nothing more is known.
 */
export function readAnswer(body: Uint8Array, headers: Headers): AnswerReading {
  const answer = jsonOf(answerText(body, headers))
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return NOTHING
  const { success, status, tenant_id, access_url, tenant_url, message } = answer as Readonly<Record<string, unknown>>
  const failure = failureOf(success, status)
  const completed = success === true || status === 'approved'
  return {
    state: completed ? 'completed' : failure ? 'failed' : 'sent',
    tenantId: textOrNull(tenant_id),
    accessUrl: textOrNull(access_url) ?? textOrNull(tenant_url),
    message: textOrNull(message),
    failure: completed ? null : failure,
  }
}

function failureOf(success: unknown, status: unknown): AnswerReading['failure'] {
  if (status === 'rejected') return 'rejected_by_service'
  if (status === 'error' || (success === false && status !== 'processing')) return 'error_in_service'
  return null
}

/** A rule of the contract that an answer was held against. */
export interface AnswerFinding {
  readonly ok: boolean
  /** JSON path of the member, `$` for the whole. */
  readonly at: string
  readonly says: string
}

/** Holds an answer against the contract of its shape, line by line. */
export function judgeAnswer(shape: Shape, status: number, text: string): readonly AnswerFinding[] {
  const lines: AnswerFinding[] = [{ ok: status >= 200 && status < 300, at: 'status', says: String(status) }]
  if (shape === 'custom') return lines
  const answer = jsonOf(text)
  if (answer === undefined) return [...lines, { ok: false, at: '$', says: 'not JSON' }]
  const result = (shape === 'standard' ? ActivateResponse : WebhookAnswer).safeParse(answer)
  if (result.success) return [...lines, { ok: true, at: '$', says: 'fits the contract' }]
  return [
    ...lines,
    ...result.error.issues.map(({ path, message }) => ({
      ok: false,
      at: ['$', ...path.map(String)].join('.'),
      says: message,
    })),
  ]
}

/** Most that a compressed answer may become, bytes. */
const MAX_TEXT = 4_194_304

/** The text of an answer, whatever it was compressed with; bytes that cannot be read stay as they are. */
export function answerText(body: Uint8Array, headers: Headers): string {
  const { 'content-encoding': encoding } = headers
  try {
    return decompress(body, String(encoding ?? '').toLowerCase()).toString('utf8')
  } catch {
    return Buffer.from(body).toString('utf8')
  }
}

function decompress(body: Uint8Array, encoding: string): Buffer {
  const limit = { maxOutputLength: MAX_TEXT }
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(body, limit)
  if (encoding === 'deflate') return inflateSync(body, limit)
  return encoding === 'br' ? brotliDecompressSync(body, limit) : Buffer.from(body)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

import type { IncomingMessage } from 'node:http'
import type { ActivateRequest } from '@mt-paas/server/contract'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

interface Answer {
  readonly status: number
  readonly json: string
}

/** Routing, reading and writing without any library, and only the checks one would write by hand. */
export function answerByHand({ method, url = '', headers }: IncomingMessage, text: string): Answer {
  const [path = '', query] = url.split('?', 2)
  if (path === '/mt/health') return ok(answers.health())
  if (headers[KEY_HEADER] !== API_KEY) return refused(401, 'Unauthorized')
  const [, , , id, what] = path.split('/')
  if (id === undefined) return refused(404, 'Not found')
  if (method === 'POST' && what === 'activate') return activate(id, text)
  const search = new URLSearchParams(query)
  if (what === 'status') return ok(answers.status(id))
  if (what === 'stats') return ok(answers.stats(id, search.get('period') ?? '30d'))
  if (what === 'users') return users(id, search)
  return refused(404, 'Not found')
}

function users(id: string, search: URLSearchParams): Answer {
  const limit = Number(search.get('limit') ?? 20)
  const offset = Number(search.get('offset') ?? 0)
  const role = search.get('role') ?? 'user'
  const status = search.get('status') ?? 'active'
  if (!(limit >= 1 && limit <= 100) || !(offset >= 0)) return refused(422, 'limit or offset')
  if (role !== 'admin' && role !== 'user' && role !== 'moderator') return refused(422, 'role')
  if (status !== 'active' && status !== 'inactive' && status !== 'suspended') return refused(422, 'status')
  return ok(answers.users({ tenant_id: id, role, status, limit, offset }))
}

function activate(id: string, text: string): Answer {
  const body: unknown = JSON.parse(text)
  return isActivation(body) && body.tenant_id === id ? ok(answers.activate(body)) : refused(422, 'body')
}

function isActivation(body: unknown): body is ActivateRequest {
  if (typeof body !== 'object' || body === null) return false
  const { tenant_id, tenant_name, plan, features, contact } = body as Partial<ActivateRequest>
  if (typeof tenant_id !== 'string' || typeof tenant_name !== 'string' || typeof plan !== 'string') return false
  if (!Array.isArray(features) || !features.every((feature) => typeof feature === 'string')) return false
  return typeof contact?.email === 'string' && typeof contact.name === 'string'
}

function ok(body: object): Answer {
  return { status: 200, json: JSON.stringify(body) }
}

function refused(status: number, message: string): Answer {
  return { status, json: JSON.stringify({ success: false, message }) }
}

import { signCallback } from '@mt-paas/server'
import type { OperationName } from '@mt-paas/server/contract'
import { type Capability, capabilities } from './capability-name.ts'
import type { CallOptions, CheckContext, MadeUser, SignedAs } from './check-context.ts'
import { type Exchange, memberAt } from './http/exchange.ts'
import { compatRequest, type Members, type OperationRequest, operationRequest } from './http/operation-request.ts'
import type { Sender } from './http/sender.ts'
import { probeCapability } from './probe-capability.ts'
import type { SeededRandom } from './seeded-random.ts'
import { SkipCheck } from './skip-check.ts'
import { COMPAT_KEY_HEADER, COMPAT_PREFIX, type Target } from './target.ts'

/** One run against one service: what all checks of it share. */
export interface Session {
  /** A context for one check. */
  open(): OpenContext
  /** Whether the service has a part; found out once. */
  has(capability: Capability): Promise<boolean>
  /** Removes what the checks shared. */
  close(): Promise<void>
  /** Tenants that could not be removed. */
  readonly leftovers: readonly string[]
}

/** A context, until it is closed. */
export interface OpenContext {
  readonly ctx: CheckContext
  /** Removes the tenants that were made in it. */
  close(): Promise<void>
}

/** What a session works with. */
export interface SessionOptions {
  readonly target: Target
  readonly send: Sender
  readonly random: SeededRandom
  readonly now: () => Date
}

/** Opens a session; nothing is sent yet. */
export function createSession({ target, send, random, now }: SessionOptions): Session {
  const run = Math.floor(now().getTime() / 1_000).toString(36)
  const known = new Map<Capability, Promise<boolean>>()
  const leftovers: string[] = []
  const shared = openContext()
  let sharedTenant: Promise<string> | undefined
  let sharedId: string | undefined
  let signing: Promise<boolean> | undefined
  let callbackMissed = false

  /** Found out once: a service that takes no unsigned webhooks gets every webhook signed. */
  function signsAlways(): Promise<boolean> {
    const { webhookSecret, webhookPath } = target
    if (webhookSecret === undefined) return Promise.resolve(false)
    signing ??= send({
      method: 'POST',
      url: `${target.url}${webhookPath}`,
      headers: [
        [COMPAT_KEY_HEADER, target.apiKey],
        ['Content-Type', 'application/json'],
      ],
      body: '{}',
    }).then(({ status }) => status === 401)
    return signing
  }

  async function signatureOf(body: string, signed: SignedAs | null | undefined): Promise<Header[]> {
    if (target.webhookSecret === undefined || signed === null) return []
    if (signed === undefined && !(await signsAlways())) return []
    const { id = `msg_${run}_${random.word(12)}`, age = 0, secrets = [target.webhookSecret] } = signed ?? {}
    const timestamp = new Date(now().getTime() - age * 1_000)
    return Object.entries(signCallback({ id, timestamp, body: signed?.body ?? body, secrets }))
  }

  function has(capability: Capability): Promise<boolean> {
    const probe = known.get(capability) ?? probeCapability(capability, shared.ctx)
    known.set(capability, probe)
    return probe
  }

  function openContext(): OpenContext {
    const made = new Set<string>()

    async function deliver(base: string, keyHeader: string, request: Delivery): Promise<Exchange> {
      const { key = target.apiKey, contentType = 'application/json', query, rawBody, headers = {} } = request.options
      const { isWebhook = false } = request
      const path = query === undefined ? request.path : `${request.path.split('?')[0]}?${query}`
      const value = 'body' in request.options ? request.options.body : request.body
      const body = rawBody === undefined ? textOf(value) : (rawBody ?? undefined)
      const text = typeof body === 'object' ? new TextDecoder().decode(body) : (body ?? '')
      const fixed = [
        ...(isWebhook ? await signatureOf(text, request.options.signed) : []).filter(([name]) => !(name in headers)),
        ...(key === null ? [] : [[keyHeader, key] as const]),
        ...(body === undefined || contentType === null ? [] : [['Content-Type', contentType] as const]),
        ...Object.entries(headers),
      ]
      return send({ method: request.options.method ?? request.method, url: `${base}${path}`, headers: fixed, body })
    }

    const standard = (request: Delivery) => deliver(`${target.url}${target.prefix}`, target.apiKeyHeader, request)
    const compatible = (request: Delivery) => deliver(`${target.url}${COMPAT_PREFIX}`, COMPAT_KEY_HEADER, request)

    /** Whatever was made is removed later, also what should not have been made, but never what others still use. */
    function remember(exchange: Exchange, tenantId: unknown): Exchange {
      const isMade = exchange.status >= 200 && exchange.status < 300 && typeof tenantId === 'string'
      if (isMade && tenantId !== sharedId) made.add(tenantId)
      return exchange
    }

    async function call(operation: OperationName, members: Members = {}, options: CallOptions = {}) {
      const exchange = await standard({ ...operationRequest(operation, members), options })
      return operation === 'activateTenant' ? remember(exchange, members.tenant_id) : exchange
    }

    const ctx: CheckContext = {
      target,
      now,
      call,
      has,
      async compat(operation, members = {}, options = {}) {
        const makes = operation === 'autoProvision' || operation === 'applicationApproved'
        const exchange = await compatible({ ...compatRequest(operation, members), options, isWebhook: makes })
        return makes ? remember(exchange, memberAt(exchange.json, 'tenant_id')) : exchange
      },
      async webhook(payload, options = {}) {
        const delivery = { method: 'POST', path: target.webhookPath, body: payload, options, isWebhook: true }
        const exchange = await deliver(target.url, COMPAT_KEY_HEADER, delivery)
        return isClassic(payload) ? exchange : remember(exchange, memberAt(exchange.json, 'tenant_id'))
      },
      send: (path, options = {}) =>
        deliver(target.url, target.apiKeyHeader, { method: 'GET', path, body: undefined, options }),
      async tenant() {
        const tenantId = ctx.newTenantId()
        const exchange = await call('activateTenant', ctx.activation(tenantId))
        if (exchange.status < 200 || exchange.status > 299) throw SkipCheck.setup(exchange)
        return tenantId
      },
      sharedTenant() {
        sharedTenant ??= shared.ctx.tenant().then((tenantId) => {
          sharedId = tenantId
          return tenantId
        })
        return sharedTenant
      },
      callbacks() {
        if (!target.callbacks) throw SkipCheck.capability(capabilities.callback)
        const { patience = 15_000, quiet = 7_000, ...rest } = target.callbacks
        const missed = () => {
          callbackMissed = true
        }
        return { ...rest, patience: callbackMissed ? Math.min(patience / 20, 1_000) : patience, quiet, missed }
      },
      readTenant: async () => target.readTenant ?? ctx.sharedTenant(),
      user: (tenantId, members = {}) => makeUser(ctx, tenantId, members),
      activation: (tenantId) => ({
        tenant_id: tenantId,
        tenant_name: '적합성 검사 대학교',
        plan: 'premium',
        features: ['ai_chat', 'rag'],
        config: { max_users: 500 },
        contact: { email: ctx.newEmail(), name: '시험 담당자' },
      }),
      newTenantId: () => `mtv_${run}_${random.word(8)}`,
      newEmail: () => `${random.word(10)}.${run}@verify.example.com`,
      newApplicationId: () => 100_000 + random.integer(900_000_000),
      word: () => random.word(10),
      nothingToSee(reason) {
        throw SkipCheck.nothing(reason)
      },
    }

    async function close(): Promise<void> {
      for (const tenantId of made) {
        const { status } = await call('deactivateTenant', {
          tenant_id: tenantId,
          reason: 'admin_request',
          preserve_data: false,
        })
        const isGone = status === 200 || (status === 404 && (await has('standard')))
        if (!isGone) leftovers.push(tenantId)
      }
      made.clear()
    }

    return { ctx, close }
  }

  return { open: openContext, has, close: () => shared.close(), leftovers }
}

interface Delivery extends Omit<OperationRequest, 'method' | 'body'> {
  readonly method: string
  readonly body: unknown
  readonly options: CallOptions
  readonly isWebhook?: boolean
}

type Header = readonly [name: string, value: string]

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}

/** The classic checks always send the same applicants; their tenants stay for the next run, as they always have. */
function isClassic(payload: unknown): boolean {
  const email = memberAt(payload, 'applicant', 'email')
  return typeof email === 'string' && email.endsWith('@test.com')
}

async function makeUser(ctx: CheckContext, tenantId: string, members: Members): Promise<MadeUser> {
  const wanted = { email: ctx.newEmail(), name: `사용자 ${ctx.word()}`, ...members }
  const exchange = await ctx.call('createUser', { tenant_id: tenantId, ...wanted })
  const userId = memberAt(exchange.json, 'user_id')
  if (exchange.status < 200 || exchange.status > 299 || typeof userId !== 'string') throw SkipCheck.setup(exchange)
  return { user_id: userId, email: wanted.email, name: wanted.name }
}

import { randomUUID } from 'node:crypto'
import { capabilityNames } from './capability-name.ts'
import type { Check, Level } from './check.ts'
import { allChecks } from './checks/index.ts'
import type { Exchange } from './http/exchange.ts'
import { maskedExchange } from './http/mask-key.ts'
import { createSender, type FetchLike } from './http/sender.ts'
import type { CheckResult, ConformanceReport } from './report/report.ts'
import { tally, verdictOf } from './report/tally.ts'
import { runCheck } from './run-check.ts'
import { seededRandom } from './seeded-random.ts'
import { selectChecks } from './select-checks.ts'
import { createSession } from './session.ts'
import { baseUrlOf, type CallbackTarget, type Target, TargetError } from './target.ts'

/** How a service is looked at. */
export interface VerifyOptions {
  /** Address of the service, without the prefix of the API. */
  readonly url: string
  /** The market's key. @default 'mt_dev_key_12345' */
  readonly apiKey?: string
  /** Header of the key on the standard endpoints. @default 'X-Market-API-Key' */
  readonly apiKeyHeader?: string
  /** Path in front of the standard endpoints. @default '/mt' */
  readonly prefix?: string
  /** Path that takes the market's webhook. @default '/api/tenant/webhook/auto-provision' */
  readonly webhookPath?: string
  /** An existing tenant with data whose numbers are checked; it is only read. @default a new one, mostly without data */
  readonly readTenant?: string
  /** What the market signs its webhooks with. @default unsigned, and no checks on signatures */
  readonly webhookSecret?: string
  /** Where and how callbacks are awaited. @default not at all */
  readonly callbacks?: CallbackTarget
  /** Ids, areas, rules or levels of checks to run. @default all */
  readonly only?: readonly string[]
  /** Ids, areas, rules or levels of checks to leave out. @default none */
  readonly skip?: readonly string[]
  /** The lowest level whose failures fail the run; checks of both levels are run. @default 'MUST' */
  readonly level?: Level
  /** Seed of everything random. @default a new one */
  readonly seed?: string
  /** Deadline of one request, in ms. @default 10_000 */
  readonly timeoutMs?: number
  /** Whether the service may be on another computer. @default false */
  readonly allowRemote?: boolean
  /** Ids of checks that failed before; they no longer fail the run. @default none */
  readonly knownFailures?: readonly string[]
  /** @default the global one */
  readonly fetch?: FetchLike
  /** @default the system's clock */
  readonly now?: () => Date
  /** Ends the run after the check that is under way; what was made is removed first. @default never */
  readonly signal?: AbortSignal
  /** Sees every result as it comes. @default nobody */
  readonly onResult?: (result: CheckResult, progress: VerifyProgress) => void
}

/** How far a run is. */
export interface VerifyProgress {
  readonly done: number
  readonly total: number
}

/** The checks that services are known to have been accepted with all along. */
const CLASSIC = 'classic'

/**
 * Tries out a service against the contract. Requests are sent one at a time where the check is not about several,
 * never twice, and never to another computer unless allowed.
 * @throws TargetError when the service cannot be looked at
 * @throws UnknownCheckError when a word of `only` or `skip` fits no check
 * @throws the signal's reason when it aborts
 */
export async function verifyService(options: VerifyOptions): Promise<ConformanceReport> {
  const { level = 'MUST', seed = randomUUID(), timeoutMs = 10_000, now = () => new Date(), onResult } = options
  const { signal = new AbortController().signal, fetch = globalThis.fetch, knownFailures = [] } = options
  const target = targetOf(options)
  const checks = selectChecks(allChecks, options)
  const began = performance.now()
  const startedAt = now().toISOString()
  const exchanges: Exchange[] = []
  const places = new Map<Exchange, number>()
  const onExchange = (exchange: Exchange) => {
    places.set(exchange, exchanges.length)
    exchanges.push(maskedExchange(exchange, target.apiKey))
  }
  const send = createSender({ fetch, timeoutMs, now, onExchange })
  await assertReachable(target, send)
  const session = createSession({ target, send, random: seededRandom(seed), now })
  const known = new Set(knownFailures)
  const results: CheckResult[] = []
  try {
    for (const check of checks) {
      signal.throwIfAborted()
      const indexOf = (exchange: Exchange) => places.get(exchange) ?? 0
      const result = await runCheck(check, { session, apiKey: target.apiKey, indexOf, knownFailures: known })
      results.push(result)
      onResult?.(result, { done: results.length, total: checks.length })
    }
    return {
      format: 'mt-paas-conformance/1',
      ...{ url: target.url, seed, level, startedAt },
      durationMs: Math.round(performance.now() - began),
      verdict: verdictOf(results, level),
      classic: tally(results.filter(({ area }) => area === CLASSIC)),
      must: tally(results.filter((result) => result.level === 'MUST')),
      should: tally(results.filter((result) => result.level === 'SHOULD')),
      capabilities: await foundCapabilities(session, checks),
      results,
      leftovers: session.leftovers,
      exchanges,
    }
  } finally {
    await session.close()
  }
}

function targetOf(options: VerifyOptions): Target {
  return {
    url: baseUrlOf(options.url, { allowRemote: options.allowRemote ?? false }),
    prefix: options.prefix ?? '/mt',
    apiKey: options.apiKey ?? 'mt_dev_key_12345',
    apiKeyHeader: options.apiKeyHeader ?? 'X-Market-API-Key',
    webhookPath: options.webhookPath ?? '/api/tenant/webhook/auto-provision',
    readTenant: options.readTenant,
    webhookSecret: options.webhookSecret,
    callbacks: options.callbacks,
  }
}

async function assertReachable({ url }: Target, send: ReturnType<typeof createSender>): Promise<void> {
  const { failure } = await send({ method: 'GET', url: `${url}/health`, headers: [], body: undefined })
  if (failure !== undefined) throw TargetError.unreachable(url, failure)
}

/** Those that the run has asked for. */
async function foundCapabilities(session: ReturnType<typeof createSession>, checks: readonly Check[]) {
  const asked = capabilityNames.filter((name) => checks.some(({ needs }) => needs.includes(name)))
  return Object.fromEntries(await Promise.all(asked.map(async (name) => [name, await foundOrNot(session, name)])))
}

async function foundOrNot(session: ReturnType<typeof createSession>, name: (typeof capabilityNames)[number]) {
  try {
    return await session.has(name)
  } catch {
    return false
  }
}

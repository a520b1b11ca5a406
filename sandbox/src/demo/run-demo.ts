import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { ADVISOR_PORT, type AdvisorService, startAdvisor } from '../services/advisor/advisor.ts'
import type { Dictionary } from '../text/index.ts'
import { marketApiKey } from './api-key.ts'
import { type DemoDatabase, demoDatabase } from './demo-database.ts'
import { DemoError } from './demo-error.ts'
import { type DemoResult, demoResult } from './demo-result.ts'
import { demoWebhook } from './demo-webhook.ts'
import { marketCalls } from './market-calls.ts'
import type { Progress } from './progress.ts'

/** How the demo runs. */
export interface DemoOptions {
  /** Folder for everything that is kept; absolute. */
  readonly dataDir: string
  readonly text: Dictionary
  readonly progress: Progress
  /** Gets the result as soon as the service is up and the tenant is there. */
  readonly onResult: (result: DemoResult) => void
  /** Ends the demo. */
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Port of the sample service; 0 takes a free one. @default 10300 */
  readonly port?: number
  /** Whether to end when the job is done. @default false */
  readonly once?: boolean
}

/** Everyone may pass through the folder, since root lends PostgreSQL another account; only the owner may look into it. */
const DATA_DIR_MODE = 0o711

/**
 * Starts PostgreSQL and the sample service, turns a demo application into a tenant over HTTP, reads it back, and stays up
 * until `signal`; then everything is stopped in order.
 * @throws DemoError, or the signal's reason when it came before the service was up
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { dataDir, text, progress, signal, env } = options
  const began = options.now()
  await mkdir(dataDir, { recursive: true, mode: DATA_DIR_MODE })
  const centralUrl = env.CENTRAL_DATABASE_URL
  const database = await demoDatabase({ dataDir, centralUrl, text, progress })
  let service: AdvisorService | undefined
  try {
    signal.throwIfAborted()
    const apiKey = await marketApiKey(dataDir, env)
    service = await startService(options, database, apiKey.accepted)
    signal.throwIfAborted()
    options.onResult(await provision(options, { service, apiKey: apiKey.sent, began }))
    if (options.once) return
    progress.note(text.demo.documentation(`${service.url}/mt/docs`))
    progress.note(text.demo.apiKey(apiKey.place))
    progress.note(text.demo.stayingUp)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    progress.begin(text.demo.stopping)
    await stopAll(service, database)
    progress.done(text.demo.stopped)
  }
}

async function stopAll(service: AdvisorService | undefined, database: DemoDatabase): Promise<void> {
  try {
    await service?.close()
  } finally {
    await database.stop()
  }
}

async function startService(
  { text, progress, now, port = ADVISOR_PORT }: DemoOptions,
  { centralUrl, external }: DemoDatabase,
  apiKey: string,
): Promise<AdvisorService> {
  progress.begin(external ? text.demo.connectingDatabase : text.demo.startingService)
  try {
    const service = await startAdvisor({ centralUrl, apiKey, port, now })
    if (external) progress.done(text.demo.connectedDatabase)
    progress.done(text.demo.serviceReady(service.url))
    return service
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall === 'listen')
      throw DemoError.portTaken(text, port)
    throw external ? DemoError.databaseUnreachable(text, error) : error
  }
}

interface Provisioning {
  readonly service: AdvisorService
  readonly apiKey: string
  readonly began: Date
}

async function provision(options: DemoOptions, { service, apiKey, began }: Provisioning): Promise<DemoResult> {
  const { text, progress, now, signal } = options
  const market = marketCalls({ serviceUrl: service.url, apiKey, text, signal })
  const webhook = demoWebhook(now())
  progress.begin(text.demo.sendingWebhook(webhook.applicant.university_name))
  const before = await market.listTenants()
  const sent = now()
  const answer = await market.autoProvision(webhook)
  const provisioningTime = now().getTime() - sent.getTime()
  const { tenant_id } = answer
  if (tenant_id === null) throw DemoError.unexpectedAnswer(text, 'auto-provision', answer.status)
  const reused = before.includes(tenant_id)
  progress.done(reused ? text.demo.tenantReused(tenant_id) : text.demo.tenantCreated(tenant_id))
  progress.begin(text.demo.readingBack)
  const status = await market.getStatus(tenant_id)
  const stats = await market.getStats(tenant_id)
  const users = await market.listUsers(tenant_id)
  progress.done(text.demo.readBack)
  const totalTime = now().getTime() - began.getTime()
  const times = { provisioningTime, totalTime }
  const answered = { ...answer, tenant_id }
  return demoResult({ webhook, answer: answered, status, stats, users, reused, serviceUrl: service.url, ...times })
}

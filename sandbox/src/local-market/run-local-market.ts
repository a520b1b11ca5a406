import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '../cli/reason-of.ts'
import { PAGE_FOLDER } from '../console/page-folder.ts'
import { EngineError } from '../engine/index.ts'
import { createSamples, isListenError, type OwnSamples } from '../market/samples.ts'
import type { AssistantService } from '../services/assistant/assistant-service.ts'
import { type SampleService, sampleServices } from '../services/sample-services.ts'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { Dictionary } from '../text/index.ts'
import { type ApiKey, marketApiKey } from './api-key.ts'
import { assertFreePorts } from './assert-free-ports.ts'
import { buildPage, isPageOutdated } from './build-page.ts'
import { createClosers } from './closers.ts'
import { LocalMarketError } from './local-market-error.ts'
import { type LocalTenant, localTenant } from './local-tenant.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import type { Progress } from './progress.ts'
import { type ServiceSecrets, serviceSecrets } from './service-secrets.ts'

/** How the local market runs. */
export interface LocalMarketOptions {
  /** Folder for everything that is kept; absolute. */
  readonly dataDir: string
  readonly text: Dictionary
  readonly progress: Progress
  /** Gets what runs as soon as all of it does. */
  readonly onReady: (running: RunningMarket) => void
  /** Ends it. */
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Ports by the option that chooses them; 0 takes a free one. */
  readonly ports: Ports
  /** Whether to end when the job is done. */
  readonly once: boolean
}

/** Ports by the option that chooses them; those of the services by their names. */
export type Ports = Readonly<Record<'--port' | '--postgres-port', number>> &
  Readonly<Record<`--${string}-port`, number>>

/** What runs, as `--json` prints it. */
export interface RunningMarket {
  readonly url: string
  /** Logs the operator in, once. */
  readonly page_url: string
  readonly services: readonly {
    readonly name: string
    readonly title: string
    readonly url: string
    readonly documentation: string
  }[]
  readonly tenants: readonly LocalTenant[]
  readonly api_key: string
  readonly ready_ms: number
}

/** Everyone may pass through the folder, since root lends PostgreSQL another account; only the owner may look into it. */
const DATA_DIR_MODE = 0o711

/**
 * Starts PostgreSQL, the sample services and the market with its page, sees a tenant at each service, and stays up until
 * `signal`; then everything drains and stops in order.
 * @throws LocalMarketError, or the signal's reason when it came before everything was up
 */
export async function runLocalMarket(options: LocalMarketOptions): Promise<void> {
  const { dataDir, text, progress, signal, env, now } = options
  const began = now()
  await assertFreePorts(options.ports, text)
  await mkdir(dataDir, { recursive: true, mode: DATA_DIR_MODE })
  const closers = createClosers()
  const samples = createSamples()
  closers.middle(() => samples.close())
  try {
    const apiKey = await marketApiKey(dataDir, env)
    const names = sampleServices.map(({ definition: { name } }) => name)
    const secrets = await serviceSecrets(names, dataDir, text)
    const [postgres, market] = await all([startPostgres(options, closers), startMarket(options, { closers, samples })])
    signal.throwIfAborted()
    const running = await all(
      sampleServices.map((sample) => startService(options, { sample, postgres, market, apiKey, secrets, samples })),
    )
    signal.throwIfAborted()
    const tenants = await all(running.map((one) => tenantOf(options, { ...one, market, apiKey })))
    signal.throwIfAborted()
    options.onReady({
      url: market.url,
      page_url: market.consoleAddress(),
      services: running.map(({ sample: { definition }, service: { url } }) => {
        const { name, title } = definition
        return { name, title, url, documentation: `${url}/mt/docs` }
      }),
      tenants,
      api_key: apiKey.place,
      ready_ms: now().getTime() - began.getTime(),
    })
    if (options.once) return
    progress.note(text.sandbox.apiKey(apiKey.place))
    progress.note(text.sandbox.stayingUp)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    progress.begin(text.sandbox.stopping)
    await closers.close()
    progress.done(text.sandbox.stopped)
  }
}

type Closers = ReturnType<typeof createClosers>

interface Running {
  readonly sample: SampleService
  readonly service: AssistantService
  readonly secrets: ServiceSecrets
}

async function startPostgres(options: LocalMarketOptions, closers: Closers): Promise<Postgres> {
  const { dataDir, text, progress, env, ports } = options
  const centralUrl = env.CENTRAL_DATABASE_URL
  const postgres = await openPostgres({ dataDir, centralUrl, text, progress, port: ports['--postgres-port'] })
  closers.last(() => postgres.stop())
  return postgres
}

interface ServiceStart {
  readonly sample: SampleService
  readonly postgres: Postgres
  readonly market: Simulator
  readonly apiKey: ApiKey
  /** By the names of services. */
  readonly secrets: ReadonlyMap<string, ServiceSecrets>
  readonly samples: OwnSamples
}

async function startService(
  { text, progress, now, ports }: LocalMarketOptions,
  { sample, postgres, market, apiKey, samples, ...known }: ServiceStart,
): Promise<Running> {
  const { name, title, centralDatabase } = sample.definition
  const secrets = known.secrets.get(name)
  if (!secrets) throw new TypeError(`There are no secrets for ${name}`)
  const option = `--${name}-port` as const
  const port = ports[option] ?? sample.definition.port
  progress.begin(text.sandbox.startingService(title))
  try {
    const options = {
      centralUrl: postgres.urlOf(centralDatabase),
      apiKey: apiKey.accepted,
      now,
      webhook: { secret: secrets.signing_secret },
      callback: { origins: [market.url], serviceKey: secrets.service_key, secret: secrets.callback_secret },
    }
    const start = (listening: number) => sample.start({ ...options, port: listening })
    const service = await samples.add({ name, title, port, start })
    await bringUp(service, text, progress)
    progress.done(text.sandbox.serviceReady(title, service.url))
    return { sample, service, secrets }
  } catch (error) {
    if (isListenError(error)) throw LocalMarketError.portTaken(text, port, option)
    if (error instanceof LocalMarketError) throw error
    throw postgres.isExternal ? LocalMarketError.databaseUnreachable(text, error) : error
  }
}

/** Tenants that an earlier version made get the schema of this one. */
async function bringUp({ definition, multiTenant }: AssistantService, text: Dictionary, progress: Progress) {
  const { title } = definition
  const { migrated, failed } = await multiTenant.fleet.migrate()
  if (migrated > 0) progress.done(text.sandbox.tenantsMigrated(title, migrated))
  if (failed.length > 0) throw LocalMarketError.tenantsOutdated(text, title, failed)
}

interface MarketStart {
  readonly closers: Closers
  readonly samples: OwnSamples
}

async function startMarket(options: LocalMarketOptions, { closers, samples }: MarketStart): Promise<Simulator> {
  const { dataDir, text, progress, signal, ports } = options
  if (await isPageOutdated()) {
    progress.begin(text.sandbox.buildingPage)
    await buildPage(signal).then(
      () => progress.done(text.sandbox.pageBuilt),
      (error: unknown) => progress.note(text.sandbox.pageFailed(reasonOf(error))),
    )
  }
  signal.throwIfAborted()
  const file = join(dataDir, 'market.sqlite')
  const port = ports['--port']
  try {
    const market = await startSimulator({
      port,
      file,
      pageDir: PAGE_FOLDER,
      samples,
      onError: (error) => progress.note(text.command.failed(reasonOf(error))),
      onFailure: ({ error }) => progress.note(text.command.failed(reasonOf(error))),
    })
    closers.first(() => market.close())
    progress.done(text.sandbox.marketReady(market.url))
    return market
  } catch (error) {
    if (error instanceof EngineError) throw LocalMarketError.fileInUse(text, file)
    throw isListenError(error) ? LocalMarketError.portTaken(text, port) : error
  }
}

interface TenantStart extends Running {
  readonly market: Simulator
  readonly apiKey: ApiKey
}

async function tenantOf(options: LocalMarketOptions, { sample, service, secrets, market, apiKey }: TenantStart) {
  const { text, progress, signal } = options
  const { name, title } = sample.definition
  const { services } = market.engine
  // Only the flat webhook carries an address for callbacks; whoever chose another shape keeps it.
  const shape = (await services.find(name))?.shape ?? 'flat'
  await services.save({ slug: name, title, base_url: service.url, shape, api_key: apiKey.sent, ...secrets })
  const tenant = await localTenant({
    engine: market.engine,
    market: market.market,
    text,
    signal,
    service: { name, url: service.url, apiKey: apiKey.sent, accessUrl: service.accessUrl },
    onApply: () => progress.begin(text.sandbox.applying(title)),
  })
  const { tenantFound, tenantMade } = text.sandbox
  progress.done((tenant.reused ? tenantFound : tenantMade)(title, tenant.tenant_id))
  return tenant
}

/** As `Promise.all`, but nothing is still under way when one has failed. */
async function all<const TWork extends readonly unknown[]>(
  work: TWork,
): Promise<{ -readonly [Key in keyof TWork]: Awaited<TWork[Key]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

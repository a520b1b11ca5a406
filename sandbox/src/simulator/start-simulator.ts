import { normaliseError, type RequestFailure, type RunningServer, restProjection, serve } from '@mt-paas/server'
import Koa from 'koa'
import { callerOfCommand, callerOfPage, callerOfSimulator } from '../console/caller-of-request.ts'
import { consoleEndpoint } from '../console/console-endpoint.ts'
import type { ConsoleParts } from '../console/console-parts.ts'
import { consoleRouter } from '../console/console-router.ts'
import { openConsoleSessions } from '../console/open-console-sessions.ts'
import { pageEndpoint } from '../console/page-endpoint.ts'
import { readPageFiles } from '../console/page-files.ts'
import { type Engine, type EngineOptions, openEngine } from '../engine/index.ts'
import { type Market, openMarket } from '../market/market.ts'
import type { Samples } from '../market/samples.ts'
import type { PasswordCost } from '../services/assistant/login/password-hash.ts'
import { callbackEndpoint } from './callback-endpoint.ts'
import { eventStream } from './event-stream.ts'
import { ownPagesOnly } from './own-pages-only.ts'
import { SIMULATOR_PORT } from './simulator-port.ts'
import { createTenantsOfServices } from './tenants-of-services.ts'

/** How {@link startSimulator} runs. */
export interface SimulatorOptions extends Omit<EngineOptions, 'callbackUrl'> {
  /** 0 takes a free one. @default 9000 */
  readonly port?: number
  /** Address to listen on. Anywhere but on this machine everyone may use it. @default '127.0.0.1' */
  readonly host?: string
  /** Address for callbacks that applications carry. @default `/callback` of this simulator */
  readonly callbackUrl?: string
  /** Folder of the built page. @default no page */
  readonly pageDir?: string
  /** Sample services that can be started and stopped. @default none */
  readonly samples?: Samples
  /** What it takes to try a password of an account. @default PASSWORD_COST, a sixth of a second */
  readonly passwordCost?: PasswordCost
  /** Gets failures that callers hear nothing of. @default none */
  readonly onFailure?: (failure: RequestFailure) => void
}

/** A running simulator. */
export interface Simulator {
  readonly url: string
  readonly engine: Engine
  readonly market: Market
  /** Makes an address of the page that logs the operator in, once. */
  consoleAddress(): string
  close(): Promise<void>
}

/**
 * Runs the engine behind the old simulator's HTTP paths.
 * @throws EngineError when another process uses the file; Error with code `EADDRINUSE` when the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = SIMULATOR_PORT,
    host = '127.0.0.1',
    callbackUrl,
    onFailure,
    pageDir,
    samples,
    passwordCost,
    ...engineOptions
  } = options
  let server: RunningServer | undefined
  const engine = await openEngine({ ...engineOptions, callbackUrl: () => callbackUrl ?? `${server?.url}/callback` })
  const stopping = new AbortController()
  const now = () => new Date(options.now?.() ?? Date.now())
  const onError = (error: unknown) => onFailure?.({ error: normaliseError(error), requestId: '', operation: undefined })
  const market = await openMarket(engine, { now, pageUrl: () => `${server?.url}/`, onError, passwordCost })
  const sessions = await openConsoleSessions({ engine, market, now })
  const parts: ConsoleParts = {
    engine,
    market,
    samples,
    sessions,
    tenants: createTenantsOfServices(engine, options.targets ?? 'loopback'),
    consoleAddress: () => `${server?.url}/#token=${sessions.oneTimeToken()}`,
    stopping: stopping.signal,
  }
  const app = new Koa()
  if (host === '127.0.0.1' || host === '::1' || host === 'localhost') app.use(ownPagesOnly())
  if (pageDir !== undefined) app.use(pageEndpoint(await readPageFiles(pageDir)))
  app.use(callbackEndpoint(engine))
  app.use(eventStream(engine, { signal: stopping.signal }))
  app.use(
    consoleEndpoint({
      createContext: (koa) => ({ ...parts, koa, caller: () => callerOfPage(koa, sessions) }),
      onError: (failure) => onFailure?.(failure),
    }),
  )
  app.use(
    restProjection(consoleRouter, {
      createContext: ({ koa }) => ({
        ...parts,
        koa,
        caller: (name) =>
          name.startsWith('simulator.') ? callerOfSimulator(koa, sessions) : callerOfCommand(koa, sessions),
      }),
      ...(onFailure && { onError: onFailure }),
    }),
  )
  try {
    server = await serve(app, { port, host })
  } catch (error) {
    await market.close()
    await engine.close()
    throw error
  }
  const running = server
  market.begin()
  let closing: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    stopping.abort()
    await Promise.all([running.close(1_000), engine.stop()])
    await market.close()
    await engine.close()
  }

  return {
    url: running.url,
    engine,
    market,
    consoleAddress: parts.consoleAddress,
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}

import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

/**
 * What happens at a statement: it fails; its backend is ended; the process dies before it is sent, or just after; no
 * answer comes, until the client gives up; the whole server crashes and starts again. A process that is dead sends
 * nothing any more, and what it had sent goes on.
 */
export const faultKinds = ['throw', 'backend', 'die', 'sent', 'hang', 'restart'] as const

/** A kind of {@link faultKinds} at the statement of a number, counted from 1. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number]
  readonly at: number
}

type Query = (this: Client, ...parameters: unknown[]) => unknown
type Callback = (error: Error | null, result?: unknown) => void

interface Armed {
  readonly fault: Fault | undefined
  readonly clients: Set<Client>
  statements: number
  dead: boolean
  /** Until the server is there again; what was struck may be beside the operation, which then ends before. */
  recovered: Promise<void>
}

/** Makes the statements of this process fail; everything but the one operation under test has to be at rest. */
export interface PgFaults {
  /** Runs `work` with a fault, if any, and tells how many statements it sent; its outcome is of no interest. */
  during(fault: Fault | undefined, work: () => Promise<unknown>): Promise<number>
}

/** Gets between every `pg` of this process and its server. */
export function pgFaults(adminUrl: string): PgFaults {
  let armed: Armed | undefined
  for (const { prototype } of clientClasses()) {
    const original = { query: prototype.query as Query, connect: prototype.connect as Query }
    prototype.connect = function (this: Client, ...parameters: unknown[]) {
      return isUnderTest(this) && armed?.dead ? refused(parameters) : original.connect.apply(this, parameters)
    } as typeof prototype.connect
    prototype.query = function (this: Client, ...parameters: unknown[]) {
      const run = () => original.query.apply(this, parameters)
      if (!armed || !isUnderTest(this)) return run()
      armed.clients.add(this)
      if (armed.dead) return refused(parameters)
      armed.statements++
      return armed.fault?.at === armed.statements ? struck(this, armed, { parameters, run }) : run()
    } as typeof prototype.query
  }

  function struck(
    client: Client,
    now: Armed,
    { parameters, run }: { parameters: unknown[]; run: () => unknown },
  ): unknown {
    const kind = now.fault?.kind
    if (kind === 'throw') return refused(parameters)
    if (kind === 'hang') return unanswered(parameters, run)
    if (kind === 'restart' || kind === 'backend') {
      now.recovered = kind === 'restart' ? crash(adminUrl, client) : kill(adminUrl, client)
      return afterwards(now.recovered, parameters, run)
    }
    now.dead = true
    const result = kind === 'sent' ? run() : refused(parameters)
    // What was written is on its way by then.
    setTimeout(() => now.clients.forEach(cut), 2)
    return result
  }

  return {
    async during(fault, work) {
      const now: Armed = { fault, clients: new Set(), statements: 0, dead: false, recovered: Promise.resolve() }
      armed = now
      try {
        await work().catch(() => undefined)
      } finally {
        armed = undefined
        // One that could not be struck fails its statement, whose outcome is of no interest either.
        await now.recovered.catch(() => undefined)
      }
      return now.statements
    },
  }
}

/** MikroORM may have a `pg` of its own. */
function clientClasses(): Set<typeof Client> {
  const ofOrm = createRequire(createRequire(import.meta.url).resolve('@mikro-orm/postgresql'))('pg') as {
    Client: typeof Client
  }
  return new Set([Client, ofOrm.Client])
}

/** The jobs look after themselves at any time, so their own connections do not count. */
function isUnderTest(client: Client): boolean {
  const { application_name: name } = Reflect.get(client, 'connectionParameters') as { application_name?: string }
  return name === 'mt-paas'
}

function cut(client: Client): void {
  const { stream } = Reflect.get(client, 'connection') as { stream: { destroy(): void } }
  stream.destroy()
}

function callbackOf(parameters: readonly unknown[]): Callback | undefined {
  const last = parameters.at(-1)
  return typeof last === 'function' ? (last as Callback) : undefined
}

function refused(parameters: readonly unknown[]): unknown {
  const error = new Error('struck by a fault')
  const callback = callbackOf(parameters)
  if (!callback) return Promise.reject(error)
  setImmediate(callback, error)
  return undefined
}

/** As `pg` gives up: the statement may be done, and the connection is of no use any more. */
function unanswered(parameters: readonly unknown[], run: () => unknown): unknown {
  const error = new Error('Query read timeout')
  const callback = callbackOf(parameters)
  if (!callback) {
    const sent = Promise.resolve(run())
    return sent.then(
      () => Promise.reject(error),
      () => Promise.reject(error),
    )
  }
  setTimeout(callback, 50, error)
  return undefined
}

function afterwards(before: Promise<void>, parameters: readonly unknown[], run: () => unknown): unknown {
  if (!callbackOf(parameters)) return before.then(run)
  void before.then(run)
  return undefined
}

/** One backend that dies takes the server with it, which then recovers as after a crash. */
async function crash(adminUrl: string, client: Client): Promise<void> {
  // The server takes connections until it notices; that it ends this one shows that it has.
  const witness = new Client({ connectionString: adminUrl, application_name: 'fault' })
  witness.on('error', () => undefined)
  await witness.connect()
  const noticed = new Promise((resolve) => witness.once('end', resolve))
  process.kill(Reflect.get(client, 'processID') as number, 'SIGKILL')
  await noticed
  for (;;) {
    const admin = new Client({ connectionString: adminUrl, application_name: 'fault' })
    admin.on('error', () => undefined)
    try {
      await admin.connect()
      return
    } catch {
      await delay(20)
    } finally {
      await admin.end().catch(() => undefined)
    }
  }
}

async function kill(adminUrl: string, client: Client): Promise<void> {
  const admin = new Client({ connectionString: adminUrl, application_name: 'fault' })
  await admin.connect()
  try {
    await admin.query('select pg_terminate_backend($1)', [Reflect.get(client, 'processID')])
  } finally {
    await admin.end()
  }
}

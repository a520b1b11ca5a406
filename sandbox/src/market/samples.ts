import { MarketError } from './market-error.ts'

/** What a sample service is doing. */
export const sampleStates = ['running', 'stopped'] as const

/** A sample service that runs, or could, beside the market. */
export interface SampleView {
  readonly name: string
  readonly title: string
  readonly url: string
  readonly state: (typeof sampleStates)[number]
}

/** Starts and stops the samples one by one. */
export interface Samples {
  list(): readonly SampleView[]
  /** @throws MarketError when there is no such sample, it runs already, or its port is taken */
  start(name: string): Promise<SampleView>
  /** Lets requests under way end first. @throws MarketError when there is no such sample, or it does not run */
  stop(name: string): Promise<SampleView>
}

/** A sample as the process that runs it knows it. */
export interface SampleStart<TService extends StartedSample> {
  readonly name: string
  readonly title: string
  /** Starts it; 0 takes a free port, which it keeps when it is started again. */
  readonly start: (port: number) => Promise<TService>
  readonly port: number
}

/** A sample that runs. */
export interface StartedSample {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** The samples of a process. */
export interface OwnSamples extends Samples {
  /** Starts a sample for the first time. @throws what its start throws */
  add<TService extends StartedSample>(sample: SampleStart<TService>): Promise<TService>
  /** Stops all of them, once what is under way has ended. */
  close(): Promise<void>
}

interface Known {
  readonly title: string
  readonly start: (port: number) => Promise<StartedSample>
  readonly url: string
  readonly port: number
  running: StartedSample | undefined
  /** Being started or stopped right now. */
  changing: Promise<unknown> | undefined
}

/** Keeps the samples of this process. */
export function createSamples(): OwnSamples {
  const samples = new Map<string, Known>()

  function get(name: string): Known {
    const known = samples.get(name)
    if (!known) throw MarketError.unknown('sample', name)
    return known
  }

  function view(name: string, { title, url, running }: Known): SampleView {
    return { name, title, url, state: running ? 'running' : 'stopped' }
  }

  async function change(name: string, action: 'start' | 'stop', work: (known: Known) => Promise<void>) {
    const known = get(name)
    if (known.changing) throw MarketError.busy()
    const { state } = view(name, known)
    const allowed = state === 'running' ? 'stop' : 'start'
    if (action !== allowed) throw MarketError.refused(action, { what: 'sample', state, allowed: [allowed] })
    const changing = work(known)
    known.changing = changing
    try {
      await changing
    } finally {
      known.changing = undefined
    }
    return view(name, known)
  }

  return {
    async add({ name, title, port, start }) {
      const running = await start(port)
      const { url, port: own } = running
      samples.set(name, { title, start, url, port: own, running, changing: undefined })
      return running
    },
    list: () => [...samples].map(([name, known]) => view(name, known)),
    start: (name) =>
      change(name, 'start', async (known) => {
        known.running = await known.start(known.port).catch((error: unknown) => {
          throw isListenError(error) ? MarketError.portTaken(known.port) : error
        })
      }),
    stop: (name) =>
      change(name, 'stop', async (known) => {
        await known.running?.close()
        known.running = undefined
      }),
    async close() {
      const closing = [...samples.values()].map(async (known) => {
        await known.changing?.catch(() => undefined)
        await known.running?.close()
      })
      const failed = (await Promise.allSettled(closing)).find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    },
  }
}

/** Whether a server could not listen where it should. */
export function isListenError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen'
}

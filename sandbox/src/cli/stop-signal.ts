/** Why a command was told to stop. */
export class StopRequest extends Error {
  readonly exitCode: number

  constructor(signal: NodeJS.Signals, exitCode: number) {
    super(signal)
    this.name = 'StopRequest'
    this.exitCode = exitCode
  }
}

/** Exit codes of commands that a signal cuts off. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Told to stop or not, until it is released. */
export interface StopSignal {
  readonly signal: AbortSignal
  /** Leaves signals to Node again. */
  release(): void
}

/** A signal that aborts, with a {@link StopRequest}, when the process is told to stop. A second time it ends at once. */
export function stopSignal(source: Pick<NodeJS.Process, 'on' | 'off' | 'exit'>): StopSignal {
  const controller = new AbortController()
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]
  const listeners = names.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) source.exit(EXIT_CODES[name])
      controller.abort(new StopRequest(name, EXIT_CODES[name]))
    }
    source.on(name, listener)
    return { name, listener }
  })
  return {
    signal: controller.signal,
    release() {
      for (const { name, listener } of listeners) source.off(name, listener)
    },
  }
}

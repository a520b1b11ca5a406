import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/** A service that a command has started. */
export interface StartedService {
  /** Stops it with everything it started; forcibly when it takes longer than five seconds. */
  stop(): Promise<void>
}

/** How a service is started. */
export interface StartServiceOptions {
  /** A line for the shell. */
  readonly command: string
  /** Where it shall answer; any answer will do. */
  readonly url: string
  readonly env: NodeJS.ProcessEnv
  /** Folder it is started in. */
  readonly cwd: string
  readonly signal: AbortSignal
  /** How long it may take to answer, in ms. @default 60_000 */
  readonly readyWithin?: number
}

/** Why a service could not be started. */
export class StartServiceError extends Error {
  readonly reason: 'already-there' | 'ended' | 'not-ready'
  /** Exit code or signal, or the seconds that were waited. */
  readonly detail: string

  constructor(reason: StartServiceError['reason'], detail = '') {
    super(`${reason} ${detail}`)
    this.name = 'StartServiceError'
    this.reason = reason
    this.detail = detail
  }
}

const POLL_MS = 100
const STOP_MS = 5_000

/**
 * Starts a service and waits until it answers. What it writes goes to standard error.
 * @throws StartServiceError; the signal's reason when it aborts. Nothing is left running then
 */
export async function startService(options: StartServiceOptions): Promise<StartedService> {
  const { command, url, env, cwd, signal, readyWithin = 60_000 } = options
  if (await isAnswering(url)) throw new StartServiceError('already-there')
  // A group of its own, so that what the shell starts ends with it.
  const detached = process.platform !== 'win32'
  const child = spawn(command, { shell: true, detached, env, cwd, stdio: ['ignore', 2, 2] })
  const deadline = Date.now() + readyWithin
  try {
    while (!(await isAnswering(url))) {
      signal.throwIfAborted()
      if (hasEnded(child)) throw new StartServiceError('ended', String(child.exitCode ?? child.signalCode))
      if (Date.now() > deadline) throw new StartServiceError('not-ready', String(readyWithin / 1_000))
      await delay(POLL_MS)
    }
  } catch (error) {
    await stop(child)
    throw error
  }
  return { stop: () => stop(child) }
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    await (await fetch(`${url}/health`, { redirect: 'manual', signal: AbortSignal.timeout(1_000) })).body?.cancel()
    return true
  } catch {
    return false
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return
  const ended = once(child, 'exit')
  kill(child, 'SIGTERM')
  const forced = setTimeout(() => kill(child, 'SIGKILL'), STOP_MS)
  await ended
  clearTimeout(forced)
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pinned } from './cores.ts'

/** How a child process is started. */
export interface ChildOptions {
  readonly args?: readonly string[]
  /** Flags of Node. */
  readonly flags?: readonly string[]
  /** Which of the two sides runs there. @default not pinned */
  readonly side?: 'server' | 'load'
}

/** A process that answers questions. */
export interface Child {
  readonly pid: number
  ask<TAnswer>(name: string, input?: unknown): Promise<TAnswer>
  stop(): Promise<void>
}

interface Reply {
  readonly id?: number
  readonly result?: unknown
  readonly error?: string
}

/** Starts a module in a process of its own; resolves when it is ready to be asked. */
export async function startChild(module: URL, options: ChildOptions = {}): Promise<Child> {
  const { args = [], flags = [], side } = options
  const node = [process.execPath, ...process.execArgv, ...flags, fileURLToPath(module), ...args]
  const [command = '', ...rest] = side ? pinned(side, node) : node
  const child = spawn(command, rest, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const { promise: ready, resolve: isReady, reject: failed } = Promise.withResolvers<void>()
  child.on('message', ({ id, result, error }: Reply) => {
    const question = id === undefined ? undefined : waiting.get(id)
    if (!question || id === undefined) return isReady()
    waiting.delete(id)
    if (error === undefined) question.resolve(result)
    else question.reject(new Error(error))
  })
  child.on('error', failed)
  child.on('exit', (code) => {
    const error = new Error(`${[module.pathname.split('/').at(-1), ...args].join(' ')} ended with ${code}`)
    failed(error)
    for (const question of waiting.values()) question.reject(error)
  })
  await ready
  let last = 0
  return {
    pid: child.pid ?? 0,
    ask<TAnswer>(name: string, input?: unknown) {
      const question = Promise.withResolvers<unknown>()
      waiting.set(++last, question)
      child.send({ id: last, name, input })
      return question.promise as Promise<TAnswer>
    },
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

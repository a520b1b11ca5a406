import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Ran } from './run-in-process.test.support.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/mt-paas.js', import.meta.url))

/** Where a program is started. */
export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Standard input. @default '' */
  readonly input?: string
}

/** Starts `mt-paas` as a program of its own, from source. */
export function launch(args: readonly string[], options: LaunchOptions = {}) {
  const { env = {}, cwd = process.cwd(), input = '' } = options
  const child = spawn(process.execPath, ['--conditions=mt-paas-source', LAUNCHER, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      LANG: 'C.UTF-8',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString()
  })
  const exited = once(child, 'close').then(([code]): Ran => ({ code: Number(code), ...output }))
  return { child, output, exited }
}

/** A program that was launched. */
export type Launched = ReturnType<typeof launch>

/** Waits until a program has written `text` on one of its streams. */
export async function said({ child, output, exited }: Launched, text: string, on: 'stdout' | 'stderr' = 'stderr') {
  const ended = exited.then(({ code }) => {
    throw new Error(`Ended with ${code}: ${output.stderr}`)
  })
  while (!output[on].includes(text)) await Promise.race([once(child[on], 'data'), ended])
  ended.catch(() => undefined)
}

/** Stops what is still running of these programs. */
export async function stopLaunched(programs: Launched[]): Promise<void> {
  const left = programs
    .splice(0)
    .filter(({ child: { exitCode, signalCode } }) => exitCode === null && signalCode === null)
  for (const { child } of left) child.kill('SIGTERM')
  await Promise.all(left.map(({ exited }) => exited))
}

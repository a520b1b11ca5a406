import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { arePinned } from '../run/cores.ts'

/** What the figures hold for. */
export interface Machine {
  readonly date: string
  readonly node: string
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  /** Processes that wanted to run besides, when the run began. */
  readonly loadAverage: number
  readonly pinned: boolean
  readonly versions: Readonly<Record<string, string>>
}

const packages = ['fastify', 'hono', '@hono/node-server', 'express', '@orpc/openapi', '@koa/router', 'koa', 'zod']
const more = ['@trpc/server', 'trpc-openapi', 'undici', 'pg', '@mikro-orm/core']

export function describeMachine(now: Date): Machine {
  return {
    date: now.toISOString().slice(0, 10),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(1)),
    pinned: arePinned,
    versions: Object.fromEntries([...packages, ...more].map((name) => [name, versionOf(name)])),
  }
}

function versionOf(name: string): string {
  for (const directory of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(`${directory}/${name}/package.json`, 'utf8')).version
    } catch {}
  }
  return 'not installed'
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
const lockfile: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(text)
const locked = Object.entries(lockfile.packages)

describe('the lockfile', () => {
  it('names no host, so that every registry serves', () => {
    expect(locked.filter(([, { resolved }]) => resolved?.includes(':'))).toEqual([])
  })

  it('holds the builds for every platform, without which npm ci refuses to run', () => {
    const names = new Set(locked.map(([path]) => path.split('node_modules/').at(-1)))
    const wanted = locked.flatMap(([, entry]) => Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
    expect(wanted.length).toBeGreaterThan(100)
    expect(wanted.filter((name) => !names.has(name))).toEqual([])
  })
})

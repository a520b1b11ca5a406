import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startTemporaryServer } from '@mt-paas/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules/.bin/node')
const tsc = join(root, 'node_modules/.bin/tsc')

/** What is read of the JSON files of a package. */
interface PackageFile {
  readonly version?: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly imports?: unknown
  readonly bin?: unknown
  readonly compilerOptions?: Readonly<Record<string, unknown>>
  readonly packages?: Readonly<Record<string, unknown>>
}

const packages = ['server', 'client', 'core', 'sandbox'].map((folder) => {
  const manifest = readJson(join(root, folder, 'package.json'))
  return { folder, name: `@mt-paas/${folder}`, manifest, tarball: `mt-paas-${folder}-${manifest.version}.tgz` }
})
const entries = packages.flatMap(({ name, manifest }) =>
  Object.keys(manifest.exports ?? {}).map((subpath) => name + subpath.slice(1)),
)

/** Names the outside relies on; everything else is compared with the source. */
const promised: Readonly<Record<string, readonly string[]>> = {
  '@mt-paas/server': [
    'FeatureDisabledError',
    'QuotaExceededError',
    'ResourceNotFoundError',
    'TenantExistsError',
    'TenantNotFoundError',
    'UserExistsError',
    'UserNotFoundError',
    'bearerAuth',
    'currentTenant',
    'defineHandler',
    'defineLifecycleHandler',
    'lifecycleApi',
    'marketCompatApi',
    'optionalTenant',
    'requireTenant',
    'restProjection',
    'standardApi',
    'standardRouter',
    'tenantContext',
  ],
  '@mt-paas/client': [
    'ServiceClient',
    'ServiceError',
    'ServiceMarketClient',
    'isServiceError',
    'marketApi',
    'restLink',
  ],
  '@mt-paas/core': ['lifecycleHandler', 'setupMultiTenant'],
  '@mt-paas/sandbox': ['createSandbox', 'startSimulator', 'verifyService'],
  '@mt-paas/server/contract': ['errorCodes', 'lifecycleOperations', 'operations'],
}

const consumer = `import { errorCodes, type OperationName } from '@mt-paas/server/contract'
import type { StandardHandler } from '@mt-paas/server'
${packages.map(({ name, folder }) => `import type * as ${folder} from '${name}'`).join('\n')}
export const procedure: OperationName & keyof StandardHandler = 'listUsers'
export const status: 404 = errorCodes.TENANT_NOT_FOUND.status
// @ts-expect-error it is 404: the types are there and are not any
export const wrong: 500 = errorCodes.TENANT_NOT_FOUND.status
export type Entries = [${packages.map(({ folder }) => `typeof ${folder}`).join(', ')}]
`

let checkout = ''
let tarballs = ''
let fresh = ''
let made = ''

beforeAll(async () => {
  tarballs = mkdtempSync(join(tmpdir(), 'mt-paas-tarballs-'))
  fresh = mkdtempSync(join(tmpdir(), 'mt-paas-consumer-'))
  made = mkdtempSync(join(tmpdir(), 'mt-paas-made-'))
  checkout = copyCheckout()
  await run('npm', ['pack', ...packages.flatMap(({ name }) => ['-w', name]), '--pack-destination', tarballs], {
    cwd: checkout,
  })
  prepareConsumer()
  await install(fresh)
}, 180_000)

afterAll(() => {
  for (const folder of [checkout, tarballs, fresh, made]) if (folder) rmSync(folder, { recursive: true, force: true })
})

describe('the published packages', () => {
  it.each(packages)('$name holds built code only', ({ name }) => {
    const files = filesOf(name)
    expect(files).toContain('package.json')
    expect(files.filter((file) => /(^|\/)src\/|\.test\.|tsbuildinfo|(?<!\.d)\.ts$/.test(file))).toEqual([])
  })

  it.each(packages)('$name holds every file that its package.json names', ({ name, manifest }) => {
    const { exports, imports, bin } = manifest
    const named = pathsIn({ exports, imports, bin }).map((path) => path.replace('./', ''))
    expect(named.length).toBeGreaterThan(1)
    expect(filesOf(name)).toEqual(expect.arrayContaining(named))
  })

  it.each(entries)('%s has the names of its source', async (entry) => {
    const script = `console.log(JSON.stringify(Object.keys(await import('${entry}')).sort()))`
    const { stdout } = await run(node, ['--input-type=module', '--eval', script], { cwd: fresh })
    const names: unknown = JSON.parse(stdout)
    expect(names).toEqual(Object.keys(await import(entry)).sort())
    expect(names).toEqual(expect.arrayContaining([...(promised[entry] ?? [])]))
  })

  it('have types that a strict project resolves', async () => {
    writeFileSync(join(fresh, 'consumer.ts'), consumer)
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck']
    expect(await typeErrors([...options, 'consumer.ts'], fresh)).toBe('')
  })
})

/** The samples pass everything elsewhere; here it is whether a copy works on its own. */
const AREAS = 'classic,health'

describe('a starter made by the published command', () => {
  it('installs, has sound types, starts and passes the conformance tests', async () => {
    const command = join(fresh, 'node_modules/.bin/mt-paas')
    // Not below the consumer, whose packages would stand in for those that the starter's package.json forgets.
    const folder = join(made, 'my-service')
    const env = { ...process.env, LANG: 'C.UTF-8', PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` }
    await run(command, ['new', folder, '--packages', join(fresh, 'tarballs')], { cwd: fresh, env })
    await expect(run(command, ['new', folder], { cwd: fresh, env })).rejects.toThrow('Choose an empty folder')
    lockVersions(folder)
    // npm adds what is missing and removes what the starter does not depend on.
    cpSync(join(fresh, 'node_modules'), join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    await install(folder)
    const server = await startTemporaryServer()
    try {
      const port = await freePort()
      const started = { ...env, CENTRAL_DATABASE_URL: `${new URL('/my_service', server.url)}`, PORT: String(port) }
      const args = ['verify', `http://127.0.0.1:${port}`, '--only', AREAS, '--run', 'npm start', '--json']
      const verified = run(join(folder, 'node_modules/.bin/mt-paas'), args, { cwd: folder, env: started })
      const [types, { stdout }] = await Promise.all([typeErrors(['-p', folder], folder), verified])
      expect(types).toBe('')
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'passed', classic: { score: 100 } })
    } finally {
      await server.stop()
    }
  }, 180_000)
})

/** Packing builds anew: in a copy, so that nobody else's build is taken away meanwhile. */
function copyCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mt-paas-checkout-'))
  const isSource = (path: string) => !['node_modules', 'dist', '.mt-paas', '.git'].includes(basename(path))
  for (const name of readdirSync(root).filter(isSource)) {
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: isSource })
  }
  for (const folder of ['.', ...packages.map((one) => one.folder)]) linkDependencies(folder, copy)
  mkdirSync(join(copy, 'node_modules/@mt-paas'), { recursive: true })
  for (const { folder, name } of packages) symlinkSync(join(copy, folder), join(copy, 'node_modules', name))
  buildUnchecked(copy)
  return copy
}

/** `npm run typecheck` has checked these sources: building them takes a third of the time without. */
function buildUnchecked(copy: string): void {
  const path = join(copy, 'tsconfig.base.json')
  const { compilerOptions, ...rest } = readJson(path)
  writeJson(path, { ...rest, compilerOptions: { ...compilerOptions, noCheck: true } })
}

function linkDependencies(folder: string, copy: string): void {
  const from = join(root, folder, 'node_modules')
  if (!existsSync(from)) return
  const to = join(copy, folder, 'node_modules')
  mkdirSync(to)
  for (const name of readdirSync(from)) if (name !== '@mt-paas') symlinkSync(join(from, name), join(to, name))
}

/** A project that has the tarballs as dependencies. */
function prepareConsumer(): void {
  const dependencies = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:tarballs/${tarball}`]))
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module', dependencies }
  mkdirSync(join(fresh, 'tarballs'))
  cpSync(tarballs, join(fresh, 'tarballs'), { recursive: true })
  writeJson(join(fresh, 'package.json'), manifest)
  lockVersions(fresh)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function install(folder: string): Promise<void> {
  const options = ['--prefer-offline', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund']
  await run('npm', ['install', ...options], { cwd: folder })
}

/** Gives a project the versions of our own lockfile. */
function lockVersions(folder: string): void {
  const manifest = readJson(join(folder, 'package.json'))
  const locked = Object.entries(readJson(join(root, 'package-lock.json')).packages ?? {}).flatMap(([path, entry]) => {
    if (!/(^|\/)node_modules\//.test(path) || path.startsWith('node_modules/@mt-paas/')) return []
    return [[path.startsWith('node_modules/') ? path : `node_modules/@mt-paas/${path}`, entry]]
  })
  cpSync(join(root, '.npmrc'), join(folder, '.npmrc'))
  writeJson(join(folder, 'package-lock.json'), {
    ...manifest,
    lockfileVersion: 3,
    packages: { '': manifest, ...Object.fromEntries(locked) },
  })
}

/** What the compiler says of a project: nothing when its types are sound. */
async function typeErrors(args: readonly string[], cwd: string): Promise<string> {
  const checked = await run(tsc, [...args], { cwd }).catch((failure: { readonly stdout: string }) => failure)
  return checked.stdout
}

function filesOf(name: string): string[] {
  return readdirSync(join(fresh, 'node_modules', name), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).split(`${name}/`).at(-1) ?? '')
    .filter((file) => !file.startsWith('node_modules/'))
}

/** Every path in a part of a package.json but those of our own condition, which nobody else sets. */
function pathsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part]
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => (key === 'mt-paas-source' ? [] : pathsIn(value)))
}

function readJson(path: string): PackageFile {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value))
}

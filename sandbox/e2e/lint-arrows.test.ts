import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const biome = join(root, 'node_modules/.bin/biome')
const rulesInForce = [
  'biome.json',
  '.biome',
  '.gitignore',
  'package.json',
  ...['server', 'client', 'core', 'sandbox'].map((name) => `${name}/package.json`),
]

/** Imports the lint refuses: folder, module, and a part of what it says. */
const refusedImports: readonly (readonly [folder: string, module: string, says: string])[] = [
  ['server/src', '@mt-paas/server', 'server imports nothing of ours'],
  ['server/src', '@mt-paas/client', 'server imports nothing of ours'],
  ['server/src', '@mt-paas/core', 'server imports nothing of ours'],
  ['server/src', '@mt-paas/sandbox', 'server imports nothing of ours'],
  ['server/src/document', '@mt-paas/core', 'server imports nothing of ours'],
  ['server/src/rest', 'trpc-openapi', 'Only server/src/document touches trpc-openapi'],
  ['server/src/rest', 'trpc-to-openapi', 'Only server/src/document touches trpc-openapi'],
  ['server/src/contract', '../error/index.ts', 'The contract imports zod and its own folder only'],
  ['server/src/contract', '@trpc/server', 'The contract imports zod and its own folder only'],
  ['server/src/contract', 'node:crypto', 'The contract imports zod and its own folder only'],
  ['server/src/contract', '@mt-paas/core', 'The contract imports zod and its own folder only'],
  ['client/src', '@mt-paas/server', 'client imports @mt-paas/server/contract only'],
  ['client/src', '@mt-paas/core', 'client imports @mt-paas/server/contract only'],
  ['client/src', '@mt-paas/sandbox', 'client imports @mt-paas/server/contract only'],
  ['core/src', '@mt-paas/client', 'core imports @mt-paas/server only'],
  ['core/src', '@mt-paas/sandbox', 'core imports @mt-paas/server only'],
  ['core/src/tenant', '@mikro-orm/core/metadata', 'Only core/src/database touches the inside of MikroORM'],
  ['core/src/database', '@mt-paas/client', 'core imports @mt-paas/server only'],
  ['sandbox/src', '@mt-paas/server/rest', 'Import an entry point of the package'],
  ...['server', 'client', 'core', 'sandbox'].flatMap((name) => [
    [`${name}/src`, '@mt-paas/server/src/index.ts', 'leaves the package'] as const,
    [`${name}/src`, '../../server/src/index.ts', 'leaves the package'] as const,
    [`${name}/src/deep/er`, '../../../../core/src/index.ts', 'leaves the package'] as const,
    [`${name}/src`, '../../core/dist/index.js', 'leaves the package'] as const,
  ]),
]

const allowedImports: readonly (readonly [folder: string, module: string])[] = [
  ['server/src', 'zod'],
  ['server/src', './contract/index.ts'],
  ['server/src', '@trpc/server'],
  ['server/src/document', 'trpc-openapi'],
  ['server/src/contract', 'zod'],
  ['server/src/contract', './id.ts'],
  ['client/src', '@mt-paas/server/contract'],
  ['core/src', '@mt-paas/server'],
  ['core/src', '@mikro-orm/postgresql'],
  ['core/src/database', '@mikro-orm/core/metadata'],
  ['sandbox/src', '@mt-paas/server'],
  ['sandbox/src', '@mt-paas/client'],
  ['sandbox/src', '@mt-paas/core'],
]

/** Other code the lint refuses: file, source, and the rule or a part of what it says. */
const refusedCode: readonly (readonly [file: string, source: string, says: string])[] = [
  ['server/src/inline-type.ts', "export type A = import('koa').Context", 'Say import type'],
  ['server/src/star.ts', "export * from './a.ts'", 'noReExportAll'],
  ['server/src/star-types.ts', "export type * from './a.ts'", 'Index files list the names'],
  ['server/src/enter-with.ts', 'storage.enterWith(1)', 'Say als.run'],
  ['server/src/enter-member.ts', 'this.storage.enterWith(tenant, 2)', 'Say als.run'],
  ['core/src/enter.ts', 'RequestContext.enter(em)', 'Say als.run'],
  ['core/src/enter.test.ts', 'RequestContext.enter(em)', 'Say als.run'],
  ['server/src/listen.ts', "export const server = app.listen(80, '127.0.0.1', done)", 'it has timeouts and drains'],
  ['core/src/listen.ts', 'app.listen()', 'it has timeouts and drains'],
  ['sandbox/src/listen.ts', 'new Koa().listen(80)', 'it has timeouts and drains'],
  ['sandbox/src/listen-member.ts', 'service.app.listen(80)', 'it has timeouts and drains'],
  ['server/src/rest/decodes.ts', 'export const a = decodeURIComponent(b)', 'noRestrictedGlobals'],
  ['core/src/decodes.ts', 'export const a = b.map(decodeURIComponent)', 'noRestrictedGlobals'],
  ['core/src/console.ts', "console.log('a')", 'noConsole'],
  ['server/src/api/console.ts', "console.error('a')", 'noConsole'],
  ['sandbox/src/console.ts', "console.warn('a')", 'noConsole'],
  ['server/src/default.ts', 'export default 1', 'noDefaultExport'],
  ['server/src/any.ts', 'export const a: any = 1', 'noExplicitAny'],
  ['server/src/non-null.ts', 'export const a = b!.c', 'noNonNullAssertion'],
  ['server/src/params.ts', 'export function f(a: 1, b: 2, c: 3, d: 4) { return [a, b, c, d] }', 'useMaxParams'],
  ['server/src/camelCase.ts', 'export const a = 1', 'useFilenamingConvention'],
  ['server/src/protocol.ts', "import fs from 'fs'; export const a = fs.read", 'useNodejsImportProtocol'],
  ['server/src/import-type.ts', "import { A } from './a.ts'; export const a = (b: A) => b", 'useImportType'],
  ['client/src/undeclared.ts', "export { default } from 'koa'", 'noUndeclaredDependencies'],
  ['server/src/cycle-one.ts', "import { two } from './cycle-two.ts'; export const one = () => two", 'noImportCycles'],
  ['server/src/cycle-two.ts', "import { one } from './cycle-one.ts'; export const two = () => one", 'noImportCycles'],
]

const allowedCode: readonly (readonly [file: string, source: string])[] = [
  ['sandbox/src/cli/console.ts', "console.log('a')"],
  ['server/src/api/default-log.ts', "console.log('a')"],
  ['server/src/rest/decode.ts', 'export const a = decodeURIComponent(b)'],
  ['server/src/als.ts', 'storage.run(1, f)'],
  ['server/src/contract/standard-router.ts', "export type { StandardRouter } from '../router/standard-router.ts'"],
  ['server/src/http/serve.ts', 'export const a = createServer(app.callback()).listen(80)'],
  ['server/src/listen.test.ts', 'app.listen(0)'],
  ['server/src/listen.test.support.ts', 'app.listen(0)'],
  ['client/src/real-server.test.ts', "import { standardApi } from '@mt-paas/server'; export const a = standardApi"],
  ['server/src/compare.test.ts', "import { openApi } from 'trpc-openapi'; export const a = openApi"],
  ['server/src/three.ts', 'export const f = (a: 1, b: 2, c: 3) => [a, b, c]'],
  ['server/src/names.ts', "export { a } from './a.ts'"],
  ['server/src/type-one.ts', "import type { Two } from './type-two.ts'; export type One = Two | 1"],
  ['server/src/type-two.ts', "import type { One } from './type-one.ts'; export type Two = One | 2"],
]

const refused = [
  ...refusedImports.map(([folder, module, says], index) => ({
    title: `import of ${module} in ${folder}`,
    file: `${folder}/refused-${index}.ts`,
    source: importing(module),
    says,
  })),
  ...refusedCode.map(([file, source, says]) => ({ title: `${source} in ${file}`, file, source, says })),
]
const allowed = [
  ...allowedImports.map(([folder, module], index) => ({
    title: `import of ${module} in ${folder}`,
    file: `${folder}/allowed-${index}.ts`,
    source: importing(module),
  })),
  ...allowedCode.map(([file, source]) => ({ title: `${source} in ${file}`, file, source })),
]

let folder = ''
let complaints: ReadonlyMap<string, readonly string[]> = new Map()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-paas-lint-'))
  for (const path of rulesInForce) cpSync(join(root, path), join(folder, path), { recursive: true })
  for (const { file, source } of [...refused, ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${source}\n`)
  }
  complaints = lint()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the lint', () => {
  it.each(refused)('refuses $title', ({ file, says }) => {
    expect(complaints.get(file)).toContainEqual(expect.stringContaining(says))
  })

  it.each(allowed)('allows $title', ({ file }) => {
    expect(complaints.get(file)).toBeUndefined()
  })
})

/** Type-only, because an arrow holds for types too; the value form is refused by the same rule. */
function importing(module: string): string {
  return `import type { A } from '${module}'; export type B = A`
}

/** Errors by file, each with its rule in front. */
function lint(): Map<string, string[]> {
  const run = spawnSync(biome, ['lint', '--reporter=github', '--max-diagnostics=none', '--diagnostic-level=error'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const found = new Map<string, string[]>()
  for (const [, rule, path, message] of run.stdout.matchAll(/^::error title=([^,]+),file=([^,]+),[^:]*::(.*)$/gm)) {
    const file = relative(folder, path ?? '')
    found.set(file, [...(found.get(file) ?? []), `${rule}: ${message}`])
  }
  if (found.size === 0) throw new Error(`No diagnostics, but: ${run.error ?? run.stderr}`)
  return found
}

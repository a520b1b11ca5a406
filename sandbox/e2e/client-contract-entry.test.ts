import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules/.bin/node')

/** Prints every module that is loaded for an entry. */
const lister = (entry: string) => `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
await import('${entry}')
console.log(JSON.stringify(loaded))
`

async function modulesOf(entry: string): Promise<readonly string[]> {
  const args = ['--conditions=mt-paas-source', '--input-type=module', '--eval', lister(entry)]
  const { stdout } = await promisify(execFile)(node, args, { cwd: join(root, 'client') })
  return JSON.parse(stdout)
}

it('the contract loads nothing but itself and zod, although it knows the type of the router', async () => {
  const modules = await modulesOf('@mt-paas/server/contract')
  const foreign = modules.filter((url) => !url.includes('/server/src/contract/') && !url.includes('/node_modules/zod/'))
  expect(modules.length).toBeGreaterThan(10)
  expect(foreign).toEqual([])
})

it('the client loads of the server only the contract', async () => {
  const modules = await modulesOf('@mt-paas/client')
  const ofServer = modules.filter((url) => url.includes('/server/src/') && !url.includes('/server/src/contract/'))
  expect(modules.some((url) => url.includes('/client/src/'))).toBe(true)
  expect(ofServer).toEqual([])
  expect(modules.filter((url) => /\/node_modules\/(?:koa|@mikro-orm|pg)\//.test(url))).toEqual([])
})

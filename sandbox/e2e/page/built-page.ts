import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const web = join(root, 'sandbox/web')
const vite = join(root, 'node_modules/vite/bin/vite.js')
const run = promisify(execFile)
const cache = join(root, 'node_modules/.cache/mt-paas')

/** What the page is made of beside its own folder. */
const SHARED = ['sandbox/src/text', 'sandbox/src/engine', 'server/src/contract', 'package-lock.json']

/**
 * Builds the page as `npm run page` does, and gives its folder. What was built from the same sources before is used
 * again, so several test files that start at once build it about once.
 */
export async function builtPage(): Promise<string> {
  const folder = join(cache, `page-${await digestOfSources()}`)
  if (await exists(join(folder, 'index.html'))) return folder
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'building-'))
  // In a process of its own: within a test the page would be built for development.
  await run(
    process.execPath,
    [vite, 'build', '--config', join(web, 'vite.config.ts'), '--outDir', draft, '--emptyOutDir'],
    {
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true })
    // Another process was faster.
    if (!(await exists(folder))) throw error
  })
  return folder
}

async function digestOfSources(): Promise<string> {
  const digest = createHash('sha256')
  for (const place of [web, ...SHARED.map((path) => join(root, path))]) {
    for (const file of await filesOf(place)) {
      digest
        .update(relative(root, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return digest.digest('hex').slice(0, 16)
}

/** Files below a folder, or the one file that it is; what was made from them is left out. */
async function filesOf(place: string): Promise<readonly string[]> {
  if (!(await stat(place)).isDirectory()) return [place]
  const found = await readdir(place, { recursive: true, withFileTypes: true })
  return found
    .filter((one) => one.isFile() && !relative(place, one.parentPath).startsWith('dist'))
    .map((one) => join(one.parentPath, one.name))
    .sort()
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

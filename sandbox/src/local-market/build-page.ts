import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { PAGE_FOLDER } from '../console/page-folder.ts'

/** Sources of the page, which only a checkout has. */
const SOURCES = fileURLToPath(new URL('../../web', import.meta.url))

/** Whether this is a checkout whose page was never built, or changed since. */
export async function isPageOutdated(): Promise<boolean> {
  const [built, changed] = await Promise.all([changedAt(join(PAGE_FOLDER, 'index.html')), newestOf(SOURCES)])
  return changed > built
}

/**
 * Builds the page of a checkout.
 * @throws Error with what the build said
 */
export async function buildPage(signal: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  const config = join(SOURCES, 'vite.config.ts')
  const args = [vite, 'build', '--config', config, '--logLevel', 'warn']
  const build = spawn(process.execPath, args, { cwd: dirname(SOURCES), stdio: ['ignore', 'ignore', 'pipe'], signal })
  const [said, [code]] = await Promise.all([readAll(build.stderr), once(build, 'close')])
  if (code !== 0) throw new Error(said.trim() || `vite ${code}`)
}

/** ms since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    return 0
  }
}

async function newestOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  return Math.max(0, ...(await Promise.all(files.map(({ parentPath, name }) => changedAt(join(parentPath, name))))))
}

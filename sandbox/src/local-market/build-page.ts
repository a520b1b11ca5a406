import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { PAGE_FOLDER } from '../console/page-folder.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
/** Sources of the page, which only a checkout has; others are there as well, but nothing without the first. */
const SOURCES = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'src/text'].map((path) =>
  join(PACKAGE, path),
)

/** Whether this is a checkout whose page was never built, or changed since. */
export async function isPageOutdated(): Promise<boolean> {
  if ((await changedAt(join(PACKAGE, 'web/vite.config.ts'))) === 0) return false
  const [built, ...changed] = await Promise.all([changedAt(join(PAGE_FOLDER, 'index.html')), ...SOURCES.map(newestOf)])
  return changed.some((at) => at > built)
}

/**
 * Builds the page of a checkout beside its place and puts it there whole.
 * @throws Error with what the build said
 */
export async function buildPage(signal: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  await mkdir(dirname(PAGE_FOLDER), { recursive: true })
  const draft = await mkdtemp(`${PAGE_FOLDER}-`)
  try {
    const args = ['build', '--config', join(PACKAGE, 'web/vite.config.ts'), '--outDir', draft, '--logLevel', 'warn']
    const build = spawn(process.execPath, [vite, ...args, '--emptyOutDir'], {
      cwd: PACKAGE,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    })
    const [said, [code]] = await Promise.all([readAll(build.stderr), once(build, 'close')])
    if (code !== 0) throw new Error(said.trim() || `vite ${code}`)
    await rm(PAGE_FOLDER, { recursive: true, force: true })
    await rename(draft, PAGE_FOLDER)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** ms since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    return 0
  }
}

/** When a file, or the newest below a folder, was changed. */
async function newestOf(place: string): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Math.max(0, ...(await Promise.all([place, ...files].map(changedAt))))
}

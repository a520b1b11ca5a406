import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const directory = new URL('../', import.meta.url)

/**
 * Installs the contenders as their lockfile says, when they are missing or older than it.
 * @throws Error when npm fails
 */
export function installPeers(tell: (text: string) => void): void {
  const installed = new URL('node_modules/.package-lock.json', directory)
  const lockfile = new URL('package-lock.json', directory)
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return
  tell('installing the contenders')
  const { status } = spawnSync('npm', ['ci'], { cwd: fileURLToPath(directory), stdio: 'inherit' })
  if (status !== 0) throw new Error(`npm ci in ${fileURLToPath(directory)} ended with ${status}`)
}

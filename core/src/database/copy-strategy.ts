import type { CopyStrategy } from '../server/tenant-server.ts'
import type { AdminSession } from './admin-session.ts'

/** First version of PostgreSQL whose copies can be clones of files. */
const CLONING_VERSION = 180_000
/** The best of so many trials counts. */
const TRIALS = 3

/** Makes a database as a copy of a template, which nobody may be connected to. */
export async function copyDatabase(
  session: AdminSession,
  { name, template, strategy }: { readonly name: string; readonly template: string; readonly strategy: CopyStrategy },
): Promise<void> {
  if (strategy === 'file_copy') await session.query('set file_copy_method = clone')
  await session.query(
    `create database ${session.identifier(name)} template ${session.identifier(template)}
      ${strategy === 'file_copy' ? 'strategy file_copy' : ''} is_template false allow_connections false`,
  )
}

/**
 * Finds out how this server copies best: by cloning files where its file system can and that is no slower (it takes
 * checkpoints), else as it does by itself (`WAL_LOG` since PostgreSQL 15).
 * @param trial name of a database that is made and removed
 */
export async function probeCopyStrategy(session: AdminSession, template: string, trial: string): Promise<CopyStrategy> {
  const [server] = await session.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  if ((server?.version ?? 0) < CLONING_VERSION) return 'default'
  const best = { default: Number.POSITIVE_INFINITY, file_copy: Number.POSITIVE_INFINITY }
  const attempt = async (strategy: CopyStrategy) => {
    await session.query(`drop database if exists ${session.identifier(trial)} with (force)`)
    const start = performance.now()
    await copyDatabase(session, { name: trial, template, strategy })
    best[strategy] = Math.min(best[strategy], performance.now() - start)
  }
  try {
    for (let trials = 0; trials < TRIALS; trials += 1) {
      await attempt('file_copy')
      await attempt('default')
    }
    return best.file_copy <= best.default ? 'file_copy' : 'default'
  } catch {
    // The file system cannot clone, or the role may not choose; a server that is gone fails the next statement.
    return 'default'
  } finally {
    await session.query(`drop database if exists ${session.identifier(trial)} with (force)`)
  }
}

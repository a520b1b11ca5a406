import type { CopyStrategy } from '../server/tenant-server.ts'
import type { AdminSession } from './admin-session.ts'

/** First version of PostgreSQL that may be told how to copy. */
const CHOOSING_VERSION = 150_000
/** First version whose copies can be clones of files. */
const CLONING_VERSION = 180_000
/** The best of so many trials counts. */
const TRIALS = 3

/** Makes a database as a copy of a template, which nobody may be connected to. */
export async function copyDatabase(
  session: AdminSession,
  { name, template, strategy }: { readonly name: string; readonly template: string; readonly strategy: CopyStrategy },
): Promise<void> {
  if (strategy === 'file_clone') await session.query('set file_copy_method = clone')
  await session.query(
    `create database ${session.identifier(name)} template ${session.identifier(template)}
      ${strategy === 'default' ? '' : 'strategy file_copy'} is_template false allow_connections false`,
  )
}

interface CopyingServer {
  readonly version: number
  readonly isDurable: boolean
}

async function copyingServer(session: AdminSession): Promise<CopyingServer> {
  const [server] = await session.query<CopyingServer>(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') = 'on' as "isDurable"`,
  )
  return server ?? { version: 0, isDurable: true }
}

/**
 * How a server copies, as far as that is known without trying: copying files needs checkpoints, which cost nothing
 * where no disk is waited for, as in tests; elsewhere everybody on the server would wait for them.
 */
export async function presumedCopyStrategy(session: AdminSession): Promise<CopyStrategy> {
  return presumedOf(await copyingServer(session))
}

function presumedOf({ version, isDurable }: CopyingServer): CopyStrategy {
  return version >= CHOOSING_VERSION && !isDurable ? 'file_copy' : 'default'
}

/**
 * Finds out how this server copies best: by cloning files where its file system can and that is no slower (it takes
 * checkpoints), else as it does by itself (`WAL_LOG` since PostgreSQL 15).
 * @param trial name of a database that is made and removed
 */
export async function probeCopyStrategy(session: AdminSession, template: string, trial: string): Promise<CopyStrategy> {
  const server = await copyingServer(session)
  if (server.version < CLONING_VERSION || !server.isDurable) return presumedOf(server)
  const best = { default: Number.POSITIVE_INFINITY, file_clone: Number.POSITIVE_INFINITY }
  const attempt = async (strategy: keyof typeof best) => {
    await session.query(`drop database if exists ${session.identifier(trial)} with (force)`)
    const start = performance.now()
    await copyDatabase(session, { name: trial, template, strategy })
    best[strategy] = Math.min(best[strategy], performance.now() - start)
  }
  try {
    for (let trials = 0; trials < TRIALS; trials += 1) {
      await attempt('file_clone')
      await attempt('default')
    }
    return best.file_clone <= best.default ? 'file_clone' : 'default'
  } catch {
    // The file system cannot clone, or the role may not choose; a server that is gone fails the next statement.
    return 'default'
  } finally {
    await session.query(`drop database if exists ${session.identifier(trial)} with (force)`)
  }
}

import { chmodSync, chownSync, cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openClusterDirectory } from './cluster-directory.ts'
import { type PostgresAccount, postgresAccount } from './postgres-account.ts'
import { postgresPrograms } from './postgres-programs.ts'

/**
 * Copies the data of a template, which nothing may run on, to an empty folder; the template is made when missing, also
 * by several processes at once.
 * @throws EmbeddedServerError
 */
export async function copyCluster(template: string, dataDir: string): Promise<void> {
  const [programs, account] = await Promise.all([postgresPrograms(), postgresAccount()])
  await openClusterDirectory({ dataDir: template, programs, account, onInitialise: () => undefined })
  // Nothing else: what another process has half made there may go at any moment.
  for (const name of ['password', 'cluster']) copy(join(template, name), join(dataDir, name))
  // PostgreSQL refuses a folder that others may look into; copies of folders are open.
  chmodSync(join(dataDir, 'cluster'), 0o700)
  give(dataDir, account)
}

/** A thousand small files: waiting for each of them takes ten times as long. */
function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
}

/** Copies belong to who copies. */
function give(folder: string, { uid, gid }: PostgresAccount): void {
  if (uid === undefined || gid === undefined) return
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of ['.', ...inside]) chownSync(join(folder, name), uid, gid)
}

import { randomBytes } from 'node:crypto'
import { appendFile, chown, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedServerError } from './embedded-server-error.ts'
import { type PostgresAccount, reachingAccount, runProgram } from './postgres-account.ts'
import type { PostgresPrograms } from './postgres-programs.ts'

/** The folder of one embedded server: its data, its log and its superuser's password. */
export interface ClusterDirectory {
  readonly dataDir: string
  /** Who can work in it. */
  readonly account: PostgresAccount
  /** PostgreSQL's own data directory. */
  readonly cluster: string
  readonly log: string
  readonly password: string
  /** Whether the data was made just now. */
  readonly created: boolean
}

/** Name of our settings in PostgreSQL's data directory, read after its own. */
export const SETTINGS_FILE = 'mt-paas.conf'

const HALF_MADE = 'initialising-'
const DRAFT = /^password-[0-9a-f]{12}$/
const ABANDONED_AFTER = 3_600_000

/** How {@link openClusterDirectory} makes the data. */
export interface ClusterDirectoryOptions {
  readonly dataDir: string
  readonly programs: PostgresPrograms
  readonly account: PostgresAccount
  /** Called before data is made, which takes seconds. */
  readonly onInitialise: () => void
}

/**
 * Opens the folder, making the data on first use. The data is made beside its place and moved there when whole,
 * so a start that was cut off leaves nothing half made.
 * @throws EmbeddedServerError
 */
export async function openClusterDirectory(options: ClusterDirectoryOptions): Promise<ClusterDirectory> {
  const { dataDir, programs } = options
  const cluster = join(dataDir, 'cluster')
  await assertOurs(dataDir)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await give(dataDir, options.account)
  const account = await reachingAccount([programs.initdb, dataDir], options.account)
  const password = await superuserPassword(dataDir, account)
  const created = !(await exists(join(cluster, 'PG_VERSION')))
  if (created) {
    options.onInitialise()
    await initialise({ ...options, account }, cluster)
  }
  await removeHalfMade(dataDir)
  return { dataDir, account, cluster, log: join(dataDir, 'server.log'), password, created }
}

/** Data of someone else must never be given to the account of PostgreSQL; a first start may have come as far as drafts. */
async function assertOurs(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir).catch((): string[] => [])
  if (!entries.includes('password') && !entries.every((name) => DRAFT.test(name))) {
    throw EmbeddedServerError.notOurs(dataDir)
  }
}

async function superuserPassword(dataDir: string, account: PostgresAccount): Promise<string> {
  const file = join(dataDir, 'password')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept !== '') return kept.trim()
  const draft = `${file}-${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  await give(draft, account)
  // Linking fails where the file exists, so of two first starts one password wins.
  await link(draft, file).catch(() => undefined)
  await rm(draft)
  return (await readFile(file, 'utf8')).trim()
}

async function initialise({ dataDir, programs, account }: ClusterDirectoryOptions, cluster: string): Promise<void> {
  const half = join(dataDir, `${HALF_MADE}${randomBytes(6).toString('hex')}`)
  const { code, output } = await runProgram(
    programs.initdb,
    [
      `--pgdata=${half}`,
      '--username=postgres',
      `--pwfile=${join(dataDir, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
      // The password is 256 random bits, so rounds add nothing but time to every connection.
      '--set=scram_iterations=1',
    ],
    account,
  )
  if (code !== 0) {
    await rm(half, { recursive: true, force: true })
    throw EmbeddedServerError.failed('make its data directory', output)
  }
  await appendFile(join(half, 'postgresql.conf'), `\ninclude = '${SETTINGS_FILE}'\n`)
  // Of two first starts, one moves its data into place.
  await rename(half, cluster).catch(async (error: unknown) => {
    if (!(await exists(cluster))) throw error
    await rm(half, { recursive: true, force: true })
  })
}

/** What another process is making at this moment is left to it. */
async function removeHalfMade(dataDir: string): Promise<void> {
  const leftovers = (await readdir(dataDir)).filter((name) => name.startsWith(HALF_MADE) || DRAFT.test(name))
  for (const name of leftovers) {
    const path = join(dataDir, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < Date.now() - ABANDONED_AFTER) await rm(path, { recursive: true, force: true })
  }
}

async function give(path: string, { uid, gid }: PostgresAccount): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

import { spawn } from 'node:child_process'
import { EmbeddedServerError } from './embedded-server-error.ts'

/** Whom PostgreSQL runs as; empty for the present user. */
export interface PostgresAccount {
  readonly uid?: number
  readonly gid?: number
  /** Whether it may pass folders that are closed to it, as the home of root is. @default false */
  readonly passesClosedFolders?: boolean
}

/** What a finished program said. */
export interface ProgramResult {
  readonly code: number
  readonly output: string
}

const ACCOUNT_NAME = 'postgres'

/**
 * PostgreSQL refuses to run as root, so root lends it the account `postgres`, which is made when missing.
 * @throws EmbeddedServerError when the account can neither be found nor made
 */
export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return {}
  return (await lookUpAccount()) ?? (await createAccount())
}

async function lookUpAccount(): Promise<PostgresAccount | undefined> {
  const [user, group] = await Promise.all([
    runProgram('id', ['-u', ACCOUNT_NAME]),
    runProgram('id', ['-g', ACCOUNT_NAME]),
  ])
  if (user.code !== 0 || group.code !== 0) return undefined
  return { uid: Number(user.output), gid: Number(group.output) }
}

async function createAccount(): Promise<PostgresAccount> {
  const made = await runProgram('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT_NAME])
  const account = await lookUpAccount()
  if (!account) throw EmbeddedServerError.noAccount(ACCOUNT_NAME, new Error(made.output))
  return account
}

/**
 * Sees to it that the account can read `paths`. Below a folder that is closed to it, such as the home of root, it is
 * lent the one right of root to pass such folders.
 * @throws EmbeddedServerError naming the first path it cannot reach
 */
export async function reachingAccount(paths: readonly string[], account: PostgresAccount): Promise<PostgresAccount> {
  if (account.uid === undefined || !(await firstUnreachable(paths, account))) return account
  const passing = { ...account, passesClosedFolders: true }
  const unreachable = await firstUnreachable(paths, passing)
  if (unreachable) throw EmbeddedServerError.unreachable(unreachable, ACCOUNT_NAME)
  return passing
}

async function firstUnreachable(paths: readonly string[], account: PostgresAccount): Promise<string | undefined> {
  for (const path of paths) {
    const { code } = await runProgram('test', ['-r', path], account)
    if (code !== 0) return path
  }
  return undefined
}

/** Runs a program to its end; a program that cannot be started has the code -1. */
export function runProgram(
  file: string,
  args: readonly string[],
  account: PostgresAccount = {},
): Promise<ProgramResult> {
  const command = account.passesClosedFolders ? passingCommand(file, args, account) : { file, args, ...account }
  return new Promise((resolve) => {
    // Both variables keep PostgreSQL's own words in English, because some of them are looked at.
    const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' }
    const { uid, gid } = command
    const child = spawn(command.file, command.args, {
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
      env,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that Ctrl-C reaches only us and nothing is left half done.
      detached: process.platform !== 'win32',
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', (error) => resolve({ code: -1, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? -1, output }))
  })
}

interface Command extends PostgresAccount {
  readonly file: string
  readonly args: readonly string[]
}

const ONLY_PASSING = '-all,+dac_override'

/** All other rights are given up; without the last option PostgreSQL's own checks of access would not see this one. */
function passingCommand(file: string, args: readonly string[], { uid, gid }: PostgresAccount): Command {
  const rights = ['--bounding-set', '--inh-caps', '--ambient-caps'].map((option) => `${option}=${ONLY_PASSING}`)
  const whom = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs']
  return { file: 'setpriv', args: [...whom, ...rights, '--securebits=+no_setuid_fixup', '--', file, ...args] }
}

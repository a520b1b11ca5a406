import { spawn } from 'node:child_process'
import { EmbeddedServerError } from './embedded-server-error.ts'

/** Whom PostgreSQL runs as; empty for the present user. */
export interface PostgresAccount {
  readonly uid?: number
  readonly gid?: number
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
 * Checks that the account can read `paths`, which it cannot below a home folder that is closed to others.
 * @throws EmbeddedServerError naming the first path it cannot reach
 */
export async function assertReachable(paths: readonly string[], account: PostgresAccount): Promise<void> {
  if (account.uid === undefined) return
  for (const path of paths) {
    const { code } = await runProgram('test', ['-r', path], account)
    if (code !== 0) throw EmbeddedServerError.unreachable(path, ACCOUNT_NAME)
  }
}

/** Runs a program to its end; a program that cannot be started has the code -1. */
export function runProgram(
  file: string,
  args: readonly string[],
  account: PostgresAccount = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    // Both variables keep PostgreSQL's own words in English, because some of them are looked at.
    const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' }
    const child = spawn(file, args, {
      ...account,
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

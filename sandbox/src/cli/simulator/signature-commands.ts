import { randomUUID } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { verifyCallback } from '@mt-paas/client'
import { signCallback } from '@mt-paas/server'
import { refusalText } from '../../text/index.ts'
import type { CommandContext } from '../command/command-context.ts'
import { CommandError } from '../command-error.ts'
import { readBody } from './body-option.ts'

/** Makes the headers of a signature. */
export async function signCommand(context: CommandContext): Promise<number> {
  const { line, print } = context
  const secret = line.value('secret') ?? ''
  const id = line.value('id') ?? `msg_${randomUUID().replaceAll('-', '')}`
  const timestamp =
    line.value('timestamp') === undefined ? new Date() : new Date(secondsOf(context, 'timestamp') * 1_000)
  const body = await bodyOf(context)
  const headers = usable(context, () => signCallback({ id, timestamp, body, secrets: [secret] }))
  print(headers, () =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  )
  return 0
}

/** Checks a signature. */
export async function verifySignatureCommand(context: CommandContext): Promise<number> {
  const { line, print } = context
  const secret = line.value('secret') ?? ''
  const headers = {
    'webhook-id': line.value('id') ?? '',
    'webhook-timestamp': line.value('timestamp') ?? '',
    'webhook-signature': line.value('signature') ?? '',
  }
  const tolerance = secondsOf(context, 'tolerance')
  const body = await bodyOf(context)
  const verdict = usable(context, () =>
    verifyCallback({ headers, body }, { secrets: [secret], now: new Date(), tolerance: tolerance * 1_000 }),
  )
  const { signatureValid, signatureInvalid } = line.text.simulator
  const reason = verdict.valid || verdict.reason === 'key' ? undefined : verdict.reason
  print(
    { valid: verdict.valid, reason: reason ?? null },
    () => `${reason ? signatureInvalid[reason] : signatureValid}\n`,
  )
  return verdict.valid ? 0 : 1
}

function secondsOf({ line }: CommandContext, name: string): number {
  const value = line.value(name) ?? ''
  if (/^\d{1,11}$/.test(value)) return Number(value)
  throw CommandError.badValue(line.text.simulator, `--${name}`, { value, expected: '0–99999999999' })
}

function bodyOf({ line, host }: CommandContext): Promise<string> {
  const body = line.value('body')
  return body === undefined ? readAll(host.stdin) : readBody(body, line.text.simulator)
}

/** A secret or an id that cannot be one is the caller's mistake. */
function usable<TResult>({ line }: CommandContext, work: () => TResult): TResult {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const option = /\bid\b/.test(error.message) ? '--id' : '--secret'
    throw CommandError.failed(`${option}: ${refusalText(error, line.text.language)}`)
  }
}

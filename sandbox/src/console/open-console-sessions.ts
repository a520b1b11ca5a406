import { randomBytes } from 'node:crypto'
import type { Engine } from '../engine/index.ts'
import type { Market } from '../market/market.ts'
import { openSessions, type Sessions } from './sessions.ts'

/** What {@link openConsoleSessions} works with. */
export interface ConsoleSessionsOptions {
  readonly engine: Engine
  readonly market: Market
  /** Real time. */
  readonly now: () => Date
}

const SETTING = 'session-secret'
const SECRET_BYTES = 32

/** Sessions that outlive the process: their secret is in the log, which its owner alone may read. */
export async function openConsoleSessions({ engine, market, now }: ConsoleSessionsOptions): Promise<Sessions> {
  const kept = await engine.store.setting(SETTING)
  const text = typeof kept === 'string' ? kept : randomBytes(SECRET_BYTES).toString('base64url')
  if (text !== kept) await engine.store.saveSetting(SETTING, text)
  return openSessions({ secret: Buffer.from(text, 'base64url'), now, accountOf: (id) => market.accounts.find(id) })
}

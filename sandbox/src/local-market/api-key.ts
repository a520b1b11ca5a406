import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The market's key and where a person finds it. */
export interface ApiKey {
  /** What the service accepts; several keys are separated by commas. */
  readonly accepted: string
  /** What the market sends. */
  readonly sent: string
  /** A file, or the name of a variable. */
  readonly place: string
}

const VARIABLE = 'MARKET_API_KEY'

/** The key of the variable, or one that is made once and kept in the data folder, readable by its owner only. */
export async function marketApiKey(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ApiKey> {
  const configured = keysOf(env[VARIABLE] ?? '')
  const [first] = configured
  if (first !== undefined) return { accepted: configured.join(','), sent: first, place: VARIABLE }
  const place = join(dataDir, 'market-api-key')
  const key = (await readKey(place)) ?? (await makeKey(place))
  return { accepted: key, sent: key, place }
}

function keysOf(value: string): string[] {
  return value
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
}

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim() || undefined
}

async function makeKey(file: string): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await writeFile(file, `${key}\n`, { mode: 0o600 })
  return key
}

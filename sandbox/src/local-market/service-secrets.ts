import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { assertSecret } from '../engine/delivery/assert-secret.ts'
import type { Dictionary } from '../text/index.ts'
import { LocalMarketError } from './local-market-error.ts'

const SigningSecret = z.string().refine((secret) => {
  try {
    assertSecret(secret)
    return true
  } catch {
    return false
  }
})

const ServiceSecrets = z.strictObject({
  /** Signs what the market sends. */
  signing_secret: SigningSecret,
  /** What the service sends as `X-Service-API-Key`. */
  service_key: z.string().min(1).max(500),
  /** Signs what the service sends. */
  callback_secret: SigningSecret,
})

/** What a service and the market know of each other, beside the market's key. */
export type ServiceSecrets = z.infer<typeof ServiceSecrets>

const SecretsFile = z.record(z.string(), ServiceSecrets)

/**
 * The secrets of services by their names: made once and kept in the data folder, readable by its owner only.
 * @throws LocalMarketError for a file that somebody broke
 */
export async function serviceSecrets(
  names: readonly string[],
  dataDir: string,
  text: Dictionary,
): Promise<ReadonlyMap<string, ServiceSecrets>> {
  const file = join(dataDir, 'service-secrets.json')
  const kept = await readSecrets(file, text)
  const missing = names.filter((name) => !Object.hasOwn(kept, name))
  const secrets = { ...kept, ...Object.fromEntries(missing.map((name) => [name, newSecrets()])) }
  if (missing.length > 0) await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return new Map(Object.entries(secrets))
}

async function readSecrets(file: string, text: Dictionary): Promise<z.infer<typeof SecretsFile>> {
  let content: string
  try {
    content = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  try {
    return SecretsFile.parse(JSON.parse(content))
  } catch {
    // What the parser says may quote a secret.
    throw LocalMarketError.brokenSecrets(text, file)
  }
}

function newSecrets(): ServiceSecrets {
  return {
    signing_secret: signingSecret(),
    service_key: randomBytes(32).toString('base64url'),
    callback_secret: signingSecret(),
  }
}

function signingSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

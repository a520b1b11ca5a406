import { GuardedFetchError, guardedFetch } from '@mt-paas/server'
import type { TenantsOfServices } from '../console/console-parts.ts'
import { firstThatListens } from '../engine/delivery/first-that-listens.ts'
import { loopbackAddresses } from '../engine/delivery/target.ts'
import { answerText, type Engine, EngineError, type TargetRule } from '../engine/index.ts'

const TIMEOUT = 30_000
const MAX_ANSWER_SIZE = 4_194_304

/** Asks services with the key that their webhooks carry. */
export function createTenantsOfServices(engine: Engine, rule: TargetRule): TenantsOfServices {
  return {
    async read(path, slug) {
      const { baseUrl, apiKey } = await engine.services.require(slug)
      const url = `${baseUrl}${path}`
      const { status, headers, body } = await ask(url, apiKey, rule)
      if (status !== 200) throw EngineError.badAnswer(`GET ${path}`, String(status))
      try {
        return JSON.parse(answerText(body, headers))
      } catch {
        throw EngineError.badAnswer(`GET ${path}`, 'something that is not JSON')
      }
    },
  }
}

async function ask(url: string, apiKey: string, rule: TargetRule) {
  const { pathname } = new URL(url)
  const options = {
    headers: { Accept: '*/*', 'X-API-Key': apiKey },
    allowLoopback: true,
    timeout: TIMEOUT,
    maxAnswerSize: MAX_ANSWER_SIZE,
  }
  const addresses = rule === 'loopback' ? await loopbackAddresses(new URL(url)) : undefined
  try {
    if (!addresses) return await guardedFetch(url, options)
    return await firstThatListens(addresses, (one) => guardedFetch(url, { ...options, resolve: async () => [one] }))
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error
    throw EngineError.badAnswer(`GET ${pathname}`, error.reason)
  }
}

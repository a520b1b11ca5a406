import { ServiceClient, ServiceMarketClient } from '@mt-paas/client'
import { Pool } from 'undici'
import { answerParent } from '../run/child-messages.ts'
import { API_KEY, KEY_HEADER } from '../service/answers.ts'
import { restRequests, rpcRequests } from '../service/requests.ts'

/** How calls are made, one after the other. */
export const callers = ['undici', 'client over REST', 'client over tRPC', 'fetch'] as const
export type CallerName = (typeof callers)[number]

const tenant = { tenant_id: 'hallym_univ' }
const headers = { [KEY_HEADER]: API_KEY }
const restPath = restRequests.find(({ name }) => name === 'status')?.path ?? ''
const rpcPath = rpcRequests.find(({ name }) => name === 'status')?.path ?? ''

/** The ways to ask for the status of a tenant; both protocols of undici, for each has its own answer. */
function waysTo(baseUrl: string): Readonly<Record<CallerName | 'undici over tRPC', () => Promise<unknown>>> {
  const pool = new Pool(baseUrl)
  const rest = new ServiceClient({ baseUrl, apiKey: API_KEY, protocol: 'rest' })
  const trpc = new ServiceClient({ baseUrl, apiKey: API_KEY })
  const bare = async (path: string) => (await pool.request({ path, method: 'GET', headers })).body.json()
  return {
    undici: () => bare(restPath),
    'undici over tRPC': () => bare(rpcPath),
    'client over REST': () => rest.getTenantStatus(tenant),
    'client over tRPC': () => trpc.getTenantStatus(tenant),
    fetch: async () => (await fetch(baseUrl + restPath, { headers })).json(),
  }
}

let ways: ReturnType<typeof waysTo> | undefined

answerParent({
  /**
   * CPU µs and wall-clock µs of one call, after what was left behind by the calls before is collected: young garbage
   * only, for a whole collection also lets go of what the compiler knows.
   */
  async measure({ baseUrl, way, calls }: { baseUrl: string; way: CallerName; calls: number }) {
    ways ??= waysTo(baseUrl)
    const call = ways[way]
    globalThis.gc?.({ type: 'minor' })
    const cpu = process.cpuUsage()
    const startedAt = performance.now()
    for (let made = 0; made < calls; made++) await call()
    const { user, system } = process.cpuUsage(cpu)
    return { cpuMicros: (user + system) / calls, wallMicros: ((performance.now() - startedAt) * 1000) / calls }
  },
  /** Time in ms until every service has answered. */
  async fanOut({ ports, way }: { ports: readonly number[]; way: 'market' | 'fetch' | 'sequential' }) {
    const urls = ports.map((port) => `http://127.0.0.1:${port}`)
    const market = new ServiceMarketClient()
    for (const [at, baseUrl] of urls.entries()) market.registerService(`service-${at}`, { baseUrl, apiKey: API_KEY })
    const ask = async (url: string) => (await fetch(`${url}/mt/health`, { headers })).json()
    const startedAt = performance.now()
    if (way === 'market') {
      const { partial } = await market.healthCheckAll()
      if (partial) throw new Error('Not every service has answered')
    } else if (way === 'fetch') await Promise.all(urls.map(ask))
    else for (const url of urls) await ask(url)
    const took = performance.now() - startedAt
    await market.close()
    return took
  },
})

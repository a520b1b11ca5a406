import { GuardedFetchError, guardedFetch } from '@mt-paas/server'
import { z } from 'zod'
import { firstThatListens } from '../engine/delivery/first-that-listens.ts'
import { loopbackAddresses } from '../engine/delivery/target.ts'
import { answerText, type TargetRule } from '../engine/index.ts'

/** What was found out about a service when it was last looked at. */
export const ServiceHealth = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy', 'unreachable']),
  version: z.string().nullable(),
  checked_at: z.string(),
  /** ms */
  duration_ms: z.number(),
  /** Why there is no answer. */
  error: z.string().nullable(),
  /** What its OpenAPI document says of itself; null when it has none that can be read. */
  openapi: z.object({ title: z.string(), version: z.string(), operations: z.int() }).nullable(),
})
export type ServiceHealth = z.infer<typeof ServiceHealth>

const OpenApi = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.looseObject({})).default({}),
})
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch'])
const TIMEOUT = 5_000
const MAX_ANSWER_SIZE = 4_194_304

/** What the OpenAPI document of a service says of itself; null when there is none. */
export async function readOpenApi(url: string, rule: TargetRule): Promise<ServiceHealth['openapi']> {
  const { data } = OpenApi.safeParse(await fetchOpenApi(url, rule))
  if (!data) return null
  const operations = Object.values(data.paths).flatMap((path) => Object.keys(path).filter((name) => METHODS.has(name)))
  return { title: data.info.title, version: data.info.version, operations: operations.length }
}

/** The OpenAPI document of a service as it is; null when there is none that can be read. */
export async function fetchOpenApi(url: string, rule: TargetRule): Promise<unknown> {
  const options = {
    headers: { Accept: 'application/json' },
    allowLoopback: true,
    timeout: TIMEOUT,
    maxAnswerSize: MAX_ANSWER_SIZE,
  }
  try {
    const addresses = rule === 'loopback' ? await loopbackAddresses(new URL(url)) : undefined
    const answer = addresses
      ? await firstThatListens(addresses, (one) => guardedFetch(url, { ...options, resolve: async () => [one] }))
      : await guardedFetch(url, options)
    return answer.status === 200 ? JSON.parse(answerText(answer.body, answer.headers)) : null
  } catch (error) {
    if (error instanceof GuardedFetchError || error instanceof SyntaxError) return null
    throw error
  }
}

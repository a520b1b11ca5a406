import { randomUUID } from 'node:crypto'
import { validateHeaderName } from 'node:http'
import { serviceAddress } from '../http/base-url.ts'
import type { Connections } from '../http/connections.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import { createExchange } from '../http/http-exchange.ts'
import type { Answerer } from '../link/answerer.ts'
import { completeContext } from '../link/call-context.ts'
import { protocolAnswerer } from '../link/protocol.ts'
import { resilientAnswerer } from '../resilience/resilient-answerer.ts'
import type { ServiceOptions } from './service-options.ts'

/** What calls to one service are made with. */
export interface ServiceAnswererOptions extends ServiceOptions {
  readonly id: string
  readonly connections: Connections
}

/**
 * Answers the operations of one service: ids, resilience, protocol.
 * @throws TypeError for a base URL, prefix, header or key that is none
 */
export function serviceAnswerer(options: ServiceAnswererOptions): Answerer {
  const { id: serviceId, baseUrl, prefix = '/mt', protocol = 'trpc' } = options
  const { headersTimeout = 10_000, bodyTimeout = 10_000, maxAnswerSize = 1_048_576 } = options
  const { now = () => new Date(), newId = randomUUID } = options
  const keys = keySupport()
  const limits = { headersTimeout, bodyTimeout, maxAnswerSize }
  const answer = protocolAnswerer(protocol, {
    ...options,
    address: serviceAddress(baseUrl, prefix),
    exchange: createExchange(options.connections, limits, keys.watch),
    headers: keyHeader(options),
    now,
  })
  const resilient = resilientAnswerer(answer, { ...options, honoursKeys: keys.honoured })
  return (op) => resilient({ ...op, context: { ...completeContext(op, newId), serviceId } })
}

/** Watches the answers for the sign that the service honours idempotency keys. */
function keySupport() {
  let seen = false
  return {
    honoured: () => seen,
    watch(answer: HttpAnswer) {
      if (!seen && answer.header('idempotent-replay') !== undefined) seen = true
    },
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in a key
const NOT_IN_HEADER = /[\u0000-\u001f\u007f]/

function keyHeader({ apiKey, apiKeyHeader = 'X-Market-API-Key' }: ServiceOptions): Readonly<Record<string, string>> {
  validateHeaderName(apiKeyHeader)
  if (apiKey === undefined) return {}
  if (apiKey === '' || NOT_IN_HEADER.test(apiKey)) throw new TypeError('apiKey must be text without control characters')
  return { [apiKeyHeader.toLowerCase()]: Buffer.from(apiKey, 'utf8').toString('latin1') }
}

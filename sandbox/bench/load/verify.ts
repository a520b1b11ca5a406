import { API_KEY, KEY_HEADER } from '../service/answers.ts'
import type { WireRequest } from '../service/requests.ts'
import type { Racer } from './contest.ts'

/**
 * Checks before anything is measured that all contenders answer every request with the same bytes, and that none
 * answers without the key or with a bad body.
 * @throws Error naming who differs
 */
export async function verifyAnswers(racers: readonly Racer[], requests: readonly WireRequest[]): Promise<void> {
  for (const request of requests) {
    let expected: string | undefined
    for (const racer of racers) {
      const { status, text } = await send(racer, request, API_KEY)
      expected ??= text
      if (status !== 200 || text !== expected) {
        throw new Error(`${racer.name} answers ${request.name} with ${status} ${text}, not with ${expected}`)
      }
      await verifyChecks(racer, request)
    }
  }
}

async function verifyChecks(racer: Racer, request: WireRequest): Promise<void> {
  if (request.name === 'health') return
  const { status } = await send(racer, request, 'wrong-key')
  if (status !== 401) throw new Error(`${racer.name} answers ${request.name} without the key with ${status}`)
}

async function send({ port }: Racer, { method, path, body }: WireRequest, key: string) {
  const headers = { [KEY_HEADER]: key, ...(body && { 'content-type': 'application/json' }) }
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body && { body }) })
  return { status: answer.status, text: await answer.text() }
}

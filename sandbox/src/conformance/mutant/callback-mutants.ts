import type { ArrivedCallback } from '../callback-receiver.ts'
import { memberAt } from '../http/exchange.ts'
import { errs, type Mutant, misreads, mutant, setAt } from './mutant.ts'
import { jsonOf, putJson } from './tampering.ts'

const auto = 'compat.autoProvision'
const KEY = 'x-service-api-key'
const ID = 'webhook-id'
const SIGNATURE = 'webhook-signature'

/** Sends something else than it should. */
function sends(fails: string | readonly string[], change: (callback: ArrivedCallback) => ArrivedCallback): Mutant {
  return mutant(fails, () => ({ callback: (callback) => [change(callback)] }))
}

function withHeader(name: string, value: string | undefined) {
  return (callback: ArrivedCallback) => ({ ...callback, headers: { ...callback.headers, [name]: value } })
}

function withBody(members: object) {
  return (callback: ArrivedCallback) => {
    const body: Readonly<Record<string, unknown>> = JSON.parse(callback.body)
    return { ...callback, body: JSON.stringify({ ...body, ...members }) }
  }
}

function isForeign({ callback_url }: Readonly<Record<string, unknown>>): boolean {
  return `${callback_url}`.includes('/foreign/')
}

/** How often each address was written to. */
function counted() {
  const counts = new Map<string, number>()
  return (path: string) => {
    const count = (counts.get(path) ?? 0) + 1
    counts.set(path, count)
    return count
  }
}

const everyArrival = ['callback-body', 'callback-key', 'callback-signature', 'callback-redirect', 'callback-retry']

/** Services that are broken in what they report. */
export const callbackMutants: readonly Mutant[] = [
  mutant([...everyArrival, 'callback-gone', 'callback-replay'], () => ({ callback: () => [] })),
  sends(['callback-body', 'callback-signature'], withBody({ tenant_id: 'another' })),
  sends('callback-body', (callback) => ({ ...callback, method: 'PUT' })),
  sends('callback-key', withHeader(KEY, undefined)),
  sends('callback-key', withHeader(KEY, 'the key of the market')),
  sends('callback-signature', withHeader(SIGNATURE, 'v1,AAAA')),
  misreads(['callback-foreign', 'callback-foreign-error'], { on: auto, when: isForeign }, (request, body) => {
    putJson(request, { ...body, callback_url: undefined })
  }),
  errs('callback-foreign-error', { on: auto, when: isForeign }, (answer) => setAt(answer.json, 'error', 'FORBIDDEN')),
  mutant('callback-redirect', () => ({
    callback(callback, { location }, boxes) {
      if (location !== undefined) boxes.putForeign({ ...callback, path: new URL(location).pathname })
      return [callback]
    },
  })),
  mutant('callback-retry', () => {
    const count = counted()
    return { callback: (callback) => (count(callback.path) === 1 ? [callback] : []) }
  }),
  mutant(['callback-retry', 'callback-signature'], () => {
    const count = counted()
    return { callback: (callback) => [withHeader(ID, `evt_${count(callback.path)}`)(callback)] }
  }),
  mutant('callback-gone', () => ({
    callback: (callback, { status }) => (status === 410 ? [callback, callback] : [callback]),
  })),
  mutant('callback-replay', () => {
    const seen = new Set<string>()
    return {
      request(request) {
        const id = request.headers[ID]
        if (id === undefined || memberAt(jsonOf(request), 'callback_url') === undefined) return undefined
        if (seen.has(id)) for (const name of [ID, 'webhook-timestamp', SIGNATURE]) request.headers[name] = undefined
        seen.add(id)
        return undefined
      },
    }
  }),
]

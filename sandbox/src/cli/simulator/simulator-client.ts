import { type Dictionary, type Language, refusalText } from '../../text/index.ts'
import { CommandError } from '../command-error.ts'

/** Calls of commands to a running simulator. */
export interface SimulatorClient {
  readonly url: string
  /** @throws CommandError when nobody answers, or the simulator says no */
  get<TAnswer>(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<TAnswer>
  /** @throws CommandError when nobody answers, or the simulator says no */
  send<TAnswer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<TAnswer>
  /** The open stream of events. @throws CommandError when nobody answers */
  events(after: string | undefined, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

/** Makes a client; the texts are for its errors. */
export function simulatorClient(url: string, { language, simulator: text }: Dictionary): SimulatorClient {
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const target = URL.parse(path, url)
    if (!target || !/^https?:$/.test(target.protocol)) throw CommandError.unreachable(text, url)
    try {
      return await fetch(target, { redirect: 'manual', ...init })
    } catch (error) {
      if (init.signal?.aborted) throw error
      throw CommandError.unreachable(text, url)
    }
  }

  async function json<TAnswer>(path: string, init: RequestInit): Promise<TAnswer> {
    const response = await ask(path, init)
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok && body !== undefined) return body as TAnswer
    throw CommandError.refused(text, refusalOf(body, language) ?? `HTTP ${response.status}`)
  }

  return {
    url,
    get(path, query = {}) {
      const named = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
      const search = named.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(named))}`
      return json(`${path}${search}`, { method: 'GET' })
    },
    send: (method, path, body) =>
      json(path, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      }),
    async events(after, signal) {
      const response = await ask(after === undefined ? '/events' : `/events?after=${encodeURIComponent(after)}`, {
        signal,
      })
      if (!response.ok || !response.body) throw CommandError.refused(text, `HTTP ${response.status}`)
      return response.body
    },
  }
}

/** The message of an error in the reader's language, with the places that do not fit. */
function refusalOf(body: unknown, language: Language): string | undefined {
  if (!isObject(body) || typeof body.message !== 'string') return undefined
  const { error, message, details } = body
  const issues = isObject(details) && Array.isArray(details.issues) ? details.issues : []
  const places = issues.filter(isObject).map((issue) => {
    const place = Array.isArray(issue.loc) ? issue.loc.join('.') : ''
    return `${place}: ${refusalText({ message: String(issue.message) }, language)}`
  })
  return [refusalText({ error: String(error), message }, language), ...places].join('\n  ')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

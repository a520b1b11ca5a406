import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown
}

/** A request that is sent as it is: nothing of the path is normalised. */
export interface Call {
  /** @default 'GET' */
  readonly method?: string
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  /** Text and bytes go as they are, anything else as JSON with its content type. @default none */
  readonly body?: unknown
  /** @default a connection of its own */
  readonly agent?: Agent
}

/** Sends one request to a server on this machine. */
export function call(port: number, { method = 'GET', path, headers = {}, body, agent }: Call): Promise<Answer> {
  const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = body === undefined ? undefined : Buffer.from(isRaw ? (body as string) : JSON.stringify(body))
  const allHeaders = {
    // Else the client itself says `close`, and the server says it after it.
    connection: 'keep-alive',
    ...(!isRaw && { 'content-type': 'application/json' }),
    ...(bytes && { 'content-length': bytes.length }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers: allHeaders, agent: agent ?? false })
    sent.on('error', reject)
    sent.on('response', (response) => {
      text(response).then((body) => resolve(answerOf(response.statusCode ?? 0, response.headers, body)), reject)
    })
    sent.end(bytes)
  })
}

function answerOf(status: number, headers: IncomingHttpHeaders, body: string): Answer {
  return { status, headers, text: body, json: parsed(body) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes bytes to a socket and gives back all that arrives until the server closes it. */
export async function exchangeRaw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(bytes)
  return (await buffer(socket)).toString('latin1')
}

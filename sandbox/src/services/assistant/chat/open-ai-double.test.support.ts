import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came to the endpoint. */
export interface DoubleRequest {
  readonly headers: IncomingMessage['headers']
  readonly body: {
    readonly model: string
    readonly stream: boolean
    readonly messages: readonly { readonly role: string; readonly content: string }[]
  }
}

/** An endpoint outside of the project that speaks as OpenAI's does; each request is answered as the test says. */
export interface OpenAiDouble {
  readonly url: string
  readonly requests: DoubleRequest[]
  /** Calls that were broken off by the caller. */
  readonly left: () => number
  answer: (res: ServerResponse) => Promise<void> | void
  close(): Promise<void>
}

/** Sends chunks as a model writes them. */
export function writeChunks(res: ServerResponse, pieces: readonly string[]): void {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for (const content of pieces) res.write(chunk({ choices: [{ index: 0, delta: { content } }] }))
}

/** Sends the end of an answer with what it took. */
export function endChunks(res: ServerResponse, prompt_tokens: number, completion_tokens: number): void {
  res.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
  res.write(chunk({ choices: [], usage: { prompt_tokens, completion_tokens } }))
  res.end('data: [DONE]\n\n')
}

/** Starts the double. */
export async function startOpenAiDouble(): Promise<OpenAiDouble> {
  let left = 0
  const server = createServer(async (req, res) => {
    res.once('close', () => {
      if (!res.writableFinished) left += 1
    })
    const chunks: Buffer[] = []
    for await (const piece of req) chunks.push(piece)
    double.requests.push({ headers: req.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
    await double.answer(res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const double: OpenAiDouble = {
    url: `http://127.0.0.1:${port}/v1`,
    requests: [],
    left: () => left,
    answer: (res) => void res.writeHead(500).end(),
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return double
}

function chunk(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

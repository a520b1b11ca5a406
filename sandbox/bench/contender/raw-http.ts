import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { answerByHand } from './by-hand.ts'
import { type HeaderOptions, ourHeaders } from './our-headers.ts'

/** `node:http` as it comes, routed by hand: the measure of all others. */
export function rawHttp({ sameHeaders = false }: HeaderOptions = {}): Server {
  const listener: RequestListener = async (req, res) => {
    const { status, json } = answerByHand(req, req.method === 'POST' ? await textOf(req) : '')
    res.statusCode = status
    if (sameHeaders) for (const [name, value] of ourHeaders()) res.setHeader(name, value)
    res.setHeader('Content-Type', 'application/json')
    res.setHeader('Content-Length', Buffer.byteLength(json))
    res.end(json)
  }
  return createServer(listener)
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

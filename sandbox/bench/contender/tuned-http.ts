import { createServer, type IncomingMessage, type Server } from 'node:http'
import { answerByHand } from './by-hand.ts'

/** `node:http` with every option and call that is known to help: the limit of what can be reached. */
export function tunedHttp(): Server {
  return createServer({ optimizeEmptyRequests: true, keepAliveTimeout: 65_000 }, (req, res) => {
    const send = (text: string) => {
      const { status, json } = answerByHand(req, text)
      res.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(json))])
      res.end(json)
    }
    if (req.method === 'POST') withText(req, send)
    else send('')
  })
}

function withText(req: IncomingMessage, use: (text: string) => void): void {
  let text = ''
  req.setEncoding('utf8')
  req.on('data', (chunk: string) => {
    text += chunk
  })
  req.on('end', () => use(text))
}

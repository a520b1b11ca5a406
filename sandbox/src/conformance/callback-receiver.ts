import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A callback as it arrived. */
export interface ArrivedCallback {
  readonly path: string
  readonly method: string
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What an inbox answers. */
export interface InboxAnswer {
  readonly status: number
  /** @default none */
  readonly location?: string
}

/** The callbacks to one address. */
export interface Inbox {
  readonly url: string
  readonly arrived: readonly ArrivedCallback[]
  /** Waits until so many have arrived, or `ms` have passed. */
  wait(count: number, ms: number): Promise<void>
}

/** A market's address for callbacks on this computer, and a second one that is no market's. */
export interface CallbackReceiver {
  /** What a service has to know as the market's origin. */
  readonly origin: string
  /** An address of its own for one check. @param answer to the first callback, the second, … the last to all others */
  inbox(name: string, answer?: readonly InboxAnswer[]): Inbox
  /** The same at an origin that no service knows. */
  foreign(name: string): Inbox
  close(): Promise<void>
}

/** How {@link openCallbackReceiver} listens. */
export interface CallbackReceiverOptions {
  /** Port on 127.0.0.1. @default a free one */
  readonly port?: number
  /** Tells what is taken for having arrived, in place of a callback. @default the callback */
  readonly seenAs?: (callback: ArrivedCallback, answer: InboxAnswer, boxes: Boxes) => readonly ArrivedCallback[]
}

/** Where callbacks are kept. */
export interface Boxes {
  /** Keeps a callback at the address that is no market's. */
  putForeign(callback: ArrivedCallback): void
}

const OK: readonly InboxAnswer[] = [{ status: 200 }]

/**
 * Opens the addresses.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function openCallbackReceiver(options: CallbackReceiverOptions = {}): Promise<CallbackReceiver> {
  const { port = 0, seenAs = (callback) => [callback] } = options
  const own = createBoxes('callback')
  const others = createBoxes('foreign')
  const market = await listen(port, (callback) => {
    const answer = own.answerTo(callback.path)
    for (const seen of seenAs(callback, answer, { putForeign: others.put })) own.put(seen)
    return answer
  })
  const stranger = await listen(0, (callback) => {
    others.put(callback)
    return others.answerTo(callback.path)
  })
  return {
    origin: market.origin,
    inbox: (name, answers) => own.open(market.origin, name, answers ?? OK),
    foreign: (name) => others.open(stranger.origin, name, OK),
    async close() {
      await Promise.all([market.close(), stranger.close()])
    },
  }
}

interface Box {
  readonly answers: readonly InboxAnswer[]
  readonly arrived: ArrivedCallback[]
  asked: number
  onArrival: () => void
}

function createBoxes(folder: string) {
  const boxes = new Map<string, Box>()
  return {
    open(origin: string, name: string, answers: readonly InboxAnswer[]): Inbox {
      const path = `/${folder}/${name}`
      const box: Box = { answers, arrived: [], asked: 0, onArrival: () => undefined }
      boxes.set(path, box)
      return { url: `${origin}${path}`, arrived: box.arrived, wait: (count, ms) => waitFor(box, count, ms) }
    },
    put(callback: ArrivedCallback): void {
      const box = boxes.get(callback.path)
      box?.arrived.push(callback)
      box?.onArrival()
    },
    answerTo(path: string): InboxAnswer {
      const box = boxes.get(path)
      return box?.answers[Math.min(box.asked++, box.answers.length - 1)] ?? { status: 404 }
    },
  }
}

function waitFor(box: Box, count: number, ms: number): Promise<void> {
  if (box.arrived.length >= count) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      box.onArrival = () => undefined
      resolve()
    }
    const timer = setTimeout(done, ms)
    box.onArrival = () => {
      if (box.arrived.length >= count) done()
    }
  })
}

async function listen(port: number, receive: (callback: ArrivedCallback) => InboxAnswer) {
  const server = createServer(async (req, res) => {
    const body = await buffer(req).catch(() => undefined)
    if (!body) return
    const [path = ''] = (req.url ?? '').split('?')
    const callback = { path, method: req.method ?? '', headers: req.headers, body: body.toString('utf8') }
    respond(res, receive(callback))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const { port: listening } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${listening}`, close: () => closed(server) }
}

function respond(res: ServerResponse, { status, location }: InboxAnswer): void {
  res.writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) })
  res.end(status === 204 ? undefined : '{"received":true}')
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

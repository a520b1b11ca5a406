import type { IncomingMessage } from 'node:http'
import { StandardApiError } from '../error/index.ts'

/** After a refusal this long is given to the caller to finish sending, so that it gets to read the answer. */
const DISCARD_MS = 1_000

/**
 * Reads a body into memory; `limit` in bytes.
 * @throws StandardApiError 413 beyond the limit, 400 when the caller breaks off
 */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(req.headers['content-length']) > limit) return refuse(req, limit)
  // A small body comes along with the headers, but is told of after them.
  await undefined
  return arrivedBody(req, limit) ?? awaitBody(req, limit)
}

/** The body when all of it is there and nobody has begun to read it. */
function arrivedBody(req: IncomingMessage, limit: number): Buffer | undefined {
  if (req.destroyed || req.readableFlowing !== null || req.readableEncoding !== null) return undefined
  const arrived = req.readableLength
  if (arrived === 0 || arrived > limit) return undefined
  // That there is no more is told of later than the last byte.
  return req.complete || arrived === Number(req.headers['content-length']) ? req.read() : undefined
}

function awaitBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  // A request without a body may say so by never emitting anything.
  if (req.readableEnded) return Promise.resolve(Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = () => req.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak)
    const onData = (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= limit) return
      settle()
      refuse(req, limit).catch(reject)
    }
    const onEnd = () => {
      settle()
      const [only] = chunks
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, size))
    }
    const onBreak = () => {
      settle()
      reject(StandardApiError.badRequest('The body broke off'))
    }
    req.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak)
    if (req.destroyed) onBreak()
  })
}

async function refuse(req: IncomingMessage, limit: number): Promise<never> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, DISCARD_MS)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    req.once('end', done).once('error', done).once('close', done).resume()
  })
  throw StandardApiError.payloadTooLarge(limit)
}

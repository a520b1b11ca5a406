import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { StandardHandler } from '@mt-paas/server'
import { compatOperations, operations } from '@mt-paas/server/contract'
import type { Context, Middleware, Next } from 'koa'
import type { CallbackReceiverOptions } from '../callback-receiver.ts'
import type { ReferenceStore } from './reference-store.ts'

/** A request on its way to the service. Whatever is changed, the service sees changed. */
export interface TamperedRequest {
  /** Name of the standard operation, or of the compat one behind `compat.`; undefined for other paths. */
  readonly operation: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  method: string
  path: string
  /** Text behind the question mark. */
  query: string
  /** Names in lower case. */
  headers: Record<string, string | undefined>
  body: string
}

/** An answer on its way back. Whatever is changed, the caller sees changed. */
export interface TamperedAnswer {
  status: number
  /** Names in lower case; an empty value takes the header away. */
  headers: Record<string, string>
  /** JSON, or text that stands as it is. */
  json: unknown
  text: string | undefined
}

/** The reference handler, whose optional procedures are all there. */
export type CompleteHandler = StandardHandler & Required<Pick<StandardHandler, 'updateSettings'>>

/** How a mutant breaks the reference service. */
export interface Tampering {
  /** Other procedures than the good ones. */
  readonly handler?: (good: CompleteHandler, store: ReferenceStore) => Partial<StandardHandler>
  /** Changes a request; an answer it returns is given without asking the service. */
  readonly request?: (request: TamperedRequest) => Partial<TamperedAnswer> | undefined
  /** Changes an answer. */
  readonly answer?: (answer: TamperedAnswer, request: TamperedRequest) => void
  /** Changes what arrives as a callback; the answer is the one it got. */
  readonly callback?: CallbackReceiverOptions['seenAs']
}

interface KnownRoute {
  readonly name: string
  readonly method: string
  readonly pattern: RegExp
}

const routes: readonly KnownRoute[] = [
  ...Object.entries(operations).map(([name, operation]) => route(name, '/mt', operation)),
  ...Object.entries(compatOperations).map(([name, operation]) => route(`compat.${name}`, '/api/tenant', operation)),
]

function route(
  name: string,
  prefix: string,
  { method, path }: { readonly method: string; readonly path: string },
): KnownRoute {
  const source = path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return { name, method, pattern: new RegExp(`^${prefix}${source}$`) }
}

/** Reads the body, lets the mutant change request and answer, and hands on what is left. */
export function tamperingMiddleware({ request: changeRequest, answer: changeAnswer }: Tampering): Middleware {
  return async function tampering(koa: Context, next: Next): Promise<void> {
    const request = await seen(koa)
    const instead = changeRequest?.(request)
    if (instead) return give(koa, { status: 200, headers: {}, json: undefined, text: undefined, ...instead })
    replaceRequest(koa, request)
    await next()
    if (!changeAnswer || koa.respond === false) return
    const answer = answerOf(koa)
    changeAnswer(answer, request)
    give(koa, answer)
  }
}

async function seen(koa: Context): Promise<TamperedRequest> {
  const [path = '', query = ''] = koa.url.split('?')
  const found = routes.find(({ method, pattern }) => method === koa.method && pattern.test(path))
  const body = (await buffer(koa.req)).toString('latin1')
  return {
    operation: found?.name,
    parameters: { ...found?.pattern.exec(path)?.groups },
    method: koa.method,
    path,
    query,
    headers: Object.fromEntries(Object.entries(koa.req.headers).map(([name, value]) => [name, String(value)])),
    // Bytes stay bytes; a mutant that changes text writes it back with `withJson`.
    body,
  }
}

/** The body as JSON, undefined when it is none. */
export function jsonOf({ body }: TamperedRequest): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))
  } catch {
    return undefined
  }
}

/** Puts another JSON body in. */
export function putJson(request: TamperedRequest, value: unknown): void {
  request.body = Buffer.from(JSON.stringify(value), 'utf8').toString('latin1')
}

function replaceRequest(koa: Context, { method, path, query, headers, body }: TamperedRequest): void {
  const bytes = Buffer.from(body, 'latin1')
  const { req } = koa
  const sent = {
    ...headers,
    ...(headers['content-length'] !== undefined && { 'content-length': String(bytes.length) }),
  }
  const kept = { httpVersion: req.httpVersion, socket: req.socket, aborted: false }
  const url = query === '' ? path : `${path}?${query}`
  const replaced = Object.assign(Readable.from(bytes.length > 0 ? [bytes] : []), {
    ...kept,
    method,
    url,
    headers: sent,
  })
  Object.assign(koa, { req: replaced })
  Object.assign(koa.request, { req: replaced })
  koa.state.bodyText = body
}

function answerOf(koa: Context): TamperedAnswer {
  const text = koa.body === undefined || koa.body === null ? '' : String(koa.body)
  const headers = Object.entries(koa.response.headers).map(([name, value]) => [name, String(value)])
  let json: unknown
  try {
    json = typeof koa.body === 'object' && !Buffer.isBuffer(koa.body) ? koa.body : JSON.parse(text)
  } catch {
    return { status: koa.status, headers: Object.fromEntries(headers), json: undefined, text }
  }
  return { status: koa.status, headers: Object.fromEntries(headers), json, text: undefined }
}

function give(koa: Context, { status, headers, json, text }: TamperedAnswer): void {
  koa.status = status
  for (const name of Object.keys(koa.response.headers)) koa.remove(name)
  for (const [name, value] of Object.entries(headers))
    if (value !== '' && name !== 'content-length') koa.set(name, value)
  const body = text ?? (json === undefined ? '' : JSON.stringify(json))
  if (koa.response.get('content-type') === '' && text === undefined && headers['content-type'] !== '') {
    koa.set('Content-Type', 'application/json')
  }
  koa.res.end(koa.method === 'HEAD' ? '' : body)
  koa.respond = false
}

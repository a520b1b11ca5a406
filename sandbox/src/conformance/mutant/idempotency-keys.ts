import type { Context, Middleware, Next } from 'koa'

interface StoredAnswer {
  readonly body: string
  readonly answer: { readonly status: number; readonly type: string; readonly text: unknown }
}

const LONGEST_KEY = 255

/** Idempotency keys in memory, for requests whose body has been read into `ctx.state.bodyText`. */
export function idempotencyKeys(): Middleware {
  const stored = new Map<string, StoredAnswer>()
  return async function idempotencyMiddleware(koa: Context, next: Next): Promise<void> {
    const key = koa.get('Idempotency-Key')
    if (key === '' || koa.method === 'GET') return next()
    if (key.length > LONGEST_KEY) return refuse(koa, { status: 400, error: 'INVALID_REQUEST' })
    const body = String(koa.state.bodyText)
    const known = stored.get(`${koa.path} ${key}`)
    if (known && known.body !== body) return refuse(koa, { status: 422, error: 'IDEMPOTENCY_KEY_REUSED' })
    if (known) {
      koa.status = known.answer.status
      koa.set({ 'Content-Type': known.answer.type, 'Idempotent-Replay': 'true' })
      koa.body = known.answer.text
      return
    }
    await next()
    const done = koa.status < 400 || koa.status === 404 || koa.status === 409
    if (done) stored.set(`${koa.path} ${key}`, { body, answer: { status: koa.status, type: koa.type, text: koa.body } })
  }
}

function refuse(koa: Context, { status, error }: { readonly status: number; readonly error: string }): void {
  const message = 'The idempotency key does not fit'
  koa.status = status
  koa.body = { success: false, error, message, detail: message, details: null, request_id: 'reference' }
}

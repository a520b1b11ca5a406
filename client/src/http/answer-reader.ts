import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import type { Connections, Lease } from './connections.ts'
import type { EndSignal } from './end-signal.ts'
import { exchangeFailure } from './exchange-failure.ts'
import { type AnswerHeaders, firstValue, HttpAnswer } from './http-answer.ts'
import type { HttpLimits, HttpRequest } from './http-exchange.ts'
import { HttpFailure } from './http-failure.ts'

/** What becomes of an exchange; one of them is called, once. */
export interface ExchangeEnd {
  resolve(answer: HttpAnswer): void
  reject(failure: HttpFailure): void
}

/**
 * Sends a request and reads its answer as undici takes it from the socket: no stream stands in between, which would cost
 * more than everything else a call does.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #limits: HttpLimits
  readonly #signal: EndSignal | null | undefined
  readonly #end: ExchangeEnd
  readonly #abort = () => this.#halt(HttpFailure.aborted(this.#signal?.reason))
  #timer: NodeJS.Timeout
  #lease: Lease | undefined
  #controller: Dispatcher.DispatchController | undefined
  /** Why it ended without an answer, of which undici may have to hear yet. */
  #failure: HttpFailure | undefined
  #isOver = false
  #status = 0
  #headers: AnswerHeaders = {}
  #bodyEndsAt = 0
  #size = 0
  #first: Buffer | undefined
  #more: Buffer[] | undefined

  constructor(limits: HttpLimits, signal: EndSignal | null | undefined, end: ExchangeEnd) {
    this.#limits = limits
    this.#signal = signal
    this.#end = end
    this.#timer = setTimeout(expire, limits.headersTimeout, this)
    signal?.addEventListener('abort', this.#abort)
  }

  ask(connections: Connections, { method, origin, path, headers, body }: HttpRequest): void {
    try {
      this.#lease = connections.lease(origin)
      const request = { method, origin, path, headers, body: body ?? null, headersTimeout: 0, bodyTimeout: 0 }
      this.#lease.dispatcher.dispatch(request, this)
    } catch (cause) {
      this.#fail(exchangeFailure(cause))
    }
  }

  /** The time of one phase is over: of the headers, or of the body, which may have some of it left. */
  expire(): void {
    const left = this.#status === 0 ? 0 : this.#bodyEndsAt - performance.now()
    if (left > 0) this.#timer = setTimeout(expire, left, this)
    else this.#halt(this.#timeout())
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#failure) controller.abort(this.#failure)
  }

  onResponseStart(_controller: unknown, status: number, headers: AnswerHeaders): void {
    if (status < 200 || this.#isOver) return
    this.#status = status
    this.#headers = headers
    const refusal = refusalOf(status, headers, this.#limits)
    if (refusal) this.#halt(refusal)
    else this.#waitForBody()
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    if (this.#isOver) return
    const { maxAnswerSize } = this.#limits
    this.#size += chunk.length
    if (this.#size > maxAnswerSize) this.#halt(HttpFailure.tooLarge(this.#status, maxAnswerSize))
    else if (this.#first === undefined) this.#first = chunk
    else if (this.#more === undefined) this.#more = [this.#first, chunk]
    else this.#more.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#isOver) return
    const bytes = this.#more ? Buffer.concat(this.#more) : this.#first
    if (bytes && !isUtf8(bytes)) this.#fail(HttpFailure.notText(this.#status))
    else {
      this.#close(true)
      this.#end.resolve(new HttpAnswer(this.#status, this.#headers, bytes ? textOf(bytes) : ''))
    }
  }

  onResponseError(_controller: unknown, cause: unknown): void {
    this.#fail(exchangeFailure(cause))
  }

  #waitForBody(): void {
    const { headersTimeout, bodyTimeout } = this.#limits
    this.#bodyEndsAt = performance.now() + bodyTimeout
    // Else the timer that runs comes before that and is set again.
    if (bodyTimeout >= headersTimeout) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(expire, bodyTimeout, this)
  }

  #timeout(): HttpFailure {
    const { headersTimeout, bodyTimeout } = this.#limits
    if (this.#status === 0) return HttpFailure.timeout('answer', headersTimeout)
    return HttpFailure.timeout('rest of the answer', bodyTimeout)
  }

  #halt(failure: HttpFailure): void {
    if (this.#isOver) return
    this.#failure = failure
    this.#controller?.abort(failure)
    this.#fail(failure)
  }

  #fail(failure: HttpFailure): void {
    if (this.#isOver) return
    this.#close(false)
    this.#end.reject(failure)
  }

  /** A request that still waits for its connection ends with it. */
  #close(reusable: boolean): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#lease?.end(reusable)
  }
}

function expire(reader: AnswerReader): void {
  reader.expire()
}

/** Why the body of an answer is not read at all. */
function refusalOf(status: number, headers: AnswerHeaders, { maxAnswerSize }: HttpLimits): HttpFailure | undefined {
  const encoding = firstValue(headers, 'content-encoding')
  if (status >= 300 && status < 400) return HttpFailure.redirected(status)
  if (encoding !== undefined && encoding !== 'identity') return HttpFailure.compressed(status)
  const isTooLarge = Number(firstValue(headers, 'content-length')) > maxAnswerSize
  return isTooLarge ? HttpFailure.tooLarge(status, maxAnswerSize) : undefined
}

const BYTE_ORDER_MARK = '\ufeff'

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

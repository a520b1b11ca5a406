import { connect, type Socket } from 'node:net'

/** One connection that sends one request after the other, never two at once. */
export class LoadConnection {
  /** When the request under way should have left, in ms of `performance.now()`. */
  since = 0
  readonly #socket: Socket
  readonly #onAnswer: (connection: LoadConnection, status: number) => void
  #isBusy = false
  #rest: Buffer | undefined

  /** @param onAnswer gets the status of each answer, 0 when the connection broke */
  constructor(port: number, onAnswer: (connection: LoadConnection, status: number) => void) {
    this.#onAnswer = onAnswer
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', () => this.#finish(0))
    this.#socket.on('close', () => this.#finish(0))
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  send(request: Buffer, since: number): void {
    this.since = since
    this.#isBusy = true
    this.#socket.write(request)
  }

  close(): void {
    this.#isBusy = false
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    if (isWhole(bytes)) {
      this.#rest = undefined
      this.#finish(Number(bytes.toString('latin1', 9, 12)))
    } else this.#rest = bytes
  }

  #finish(status: number): void {
    if (!this.#isBusy) return
    this.#isBusy = false
    this.#onAnswer(this, status)
  }
}

const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i

/** Answers come one at a time, so the end of the bytes is the end of the answer. */
function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = CONTENT_LENGTH.exec(bytes.toString('latin1', 0, end))?.[1]
  if (length === undefined) return bytes.toString('latin1', bytes.length - 5) === '0\r\n\r\n'
  return bytes.length >= end + 4 + Number(length)
}

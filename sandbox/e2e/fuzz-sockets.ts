import { connect } from 'node:net'
import fc from 'fast-check'

const rawHead = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'CONNECT', 'get', '', 'G\u0000T', 'OPTIONS', 'PRI'),
    fc.constantFrom(
      '/mt/health',
      '*',
      'http://',
      'http://a:b:c/',
      '//',
      '',
      '/mt/trpc/checkHealth',
      '/\u0000',
      '/mt/tenant/..',
    ),
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '', 'FTP'),
  )
  .map((parts) => parts.join(' '))
const rawHeader = fc.oneof(
  fc.constantFrom(
    ...[
      'Host: x',
      'Host:',
      'Host: a\r\nHost: b',
      'Content-Length: 5',
      'Content-Length: -1',
      'Content-Length: 5\r\nContent-Length: 6',
    ],
    ...[
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: chunked, x',
      'Transfer-Encoding: chunked\r\nContent-Length: 3',
    ],
    ...[
      'Expect: 100-continue',
      'Connection: close',
      'Connection: Upgrade\r\nUpgrade: h2c',
      ': empty',
      'X: a\u0000b',
      ' folded',
    ],
    ...[`X-Long: ${'a'.repeat(20_000)}`, 'X-Request-Id: r', 'Authorization: Bearer a.b.c'],
  ),
  fc.string({ maxLength: 40 }),
)
/** Bytes for a socket: requests with a fault in their frame, and noise. */
export const rawBytes = fc.oneof(
  fc
    .tuple(
      rawHead,
      fc.oneof(fc.constant(['Host: x']), fc.array(rawHeader, { maxLength: 6 })),
      fc.constantFrom('', '{}', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', 'GET / '),
    )
    .map(([head, headers, rest]) => Buffer.from(`${[head, ...headers].join('\r\n')}\r\n\r\n${rest}`, 'latin1')),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
)

/** A socket is given this long to answer what may be incomplete; a longer silence is ended by the client. */
const SILENCE_MS = 25

/**
 * Writes bytes, waits for an answer or silence, says that no more will come, and waits for the server to close;
 * resolves with what it answered.
 * @throws Error when the socket is still open after so many ms
 */
export function exchangeRaw(port: number, bytes: Buffer, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    const patience = setTimeout(() => reject(new Error('the socket stays open')), patienceMs)
    const silence = setTimeout(() => socket.end(), SILENCE_MS)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      socket.end()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      clearTimeout(silence)
      resolve(Buffer.concat(chunks).toString('latin1'))
    })
    socket.write(bytes)
  })
}

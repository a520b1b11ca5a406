import { STATUS_CODES } from 'node:http'
import type { Exchange } from '../http/exchange.ts'
import type { ConformanceReport } from './report.ts'

/** Every request and answer of a run as HAR 1.2, which browsers open. */
export function harReport({ exchanges }: ConformanceReport, version: string) {
  return {
    log: { version: '1.2', creator: { name: 'mt-paas verify', version }, pages: [], entries: exchanges.map(entryOf) },
  }
}

function entryOf(exchange: Exchange) {
  const { method, url, requestHeaders, requestBody, startedAt, durationMs, status, headers, text, failure } = exchange
  const contentType = requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return {
    startedDateTime: startedAt,
    time: durationMs,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: requestHeaders.map(([name, value]) => ({ name, value })),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(requestBody !== undefined && { postData: { mimeType: contentType, text: requestBody } }),
      headersSize: -1,
      bodySize: requestBody === undefined ? 0 : Buffer.byteLength(requestBody),
    },
    response: {
      status,
      statusText: STATUS_CODES[status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      content: { size: Buffer.byteLength(text), mimeType: headers['content-type'] ?? '', text },
      redirectURL: headers.location ?? '',
      headersSize: -1,
      bodySize: Buffer.byteLength(text),
      ...(failure !== undefined && { comment: failure }),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  }
}

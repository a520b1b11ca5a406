import type { Exchange } from './exchange.ts'

/** What stands in reports in place of the key. */
export const MASK = '***'

/** The text without the key. */
export function maskKey(text: string, apiKey: string): string {
  return apiKey === '' ? text : text.replaceAll(apiKey, MASK)
}

/** The exchange without the key in any part of it. */
export function maskedExchange(exchange: Exchange, apiKey: string): Exchange {
  const mask = (text: string) => maskKey(text, apiKey)
  return {
    ...exchange,
    url: mask(exchange.url),
    requestHeaders: exchange.requestHeaders.map(([name, value]) => [name, mask(value)] as const),
    requestBody: exchange.requestBody === undefined ? undefined : mask(exchange.requestBody),
    headers: Object.fromEntries(Object.entries(exchange.headers).map(([name, value]) => [name, mask(value)])),
    text: mask(exchange.text),
  }
}

import type { Exchange } from './exchange.ts'

/** The request as a line for a POSIX shell; values that hold the key name a variable instead. */
export function curlLine({ method, url, requestHeaders, requestBody }: Exchange, apiKey: string): string {
  const parts = ['curl', '-i']
  if (method === 'HEAD') parts.push('-I')
  else if (method !== 'GET' || requestBody !== undefined) parts.push('-X', method)
  parts.push(shellWord(url, apiKey))
  for (const [name, value] of requestHeaders) parts.push('-H', shellWord(`${name}: ${value}`, apiKey))
  if (requestBody !== undefined) parts.push('--data-binary', shellWord(requestBody, apiKey))
  return parts.join(' ')
}

/** Single quotes keep everything as it is; only the key is left to the shell to fill in. */
function shellWord(text: string, apiKey: string): string {
  const pieces = apiKey === '' ? [text] : text.split(apiKey)
  return pieces.map((piece) => `'${piece.replaceAll("'", `'\\''`)}'`).join('"$MARKET_API_KEY"')
}

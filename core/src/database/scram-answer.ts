import { hmac, scramKeys } from './scram-keys.ts'

/** What client and server have said so far (RFC 5802), and the password of which the client shows that it has it. */
export interface ScramExchange {
  readonly password: string
  readonly clientFirst: string
  readonly serverFirst: string
}

/** The client's last message, and how the server shows in its own that it knows the password as well. */
export interface ScramAnswer {
  readonly response: string
  readonly serverSignature: string
}

const CLIENT_FIRST = /^n,,(?<bare>n=[^,]*,r=(?<ownNonce>[^,]+))$/
const SERVER_FIRST = /^r=(?<nonce>[\x21-\x2b\x2d-\x7e]+),s=(?<salt>[a-z0-9+/]+={0,2}),i=(?<rounds>[1-9]\d*)$/i
const PRINTABLE = /^[\x21-\x7e]+$/

/**
 * Answers a server at once.
 * @param maxRounds more of them take too long
 * @returns undefined for whatever is out of the ordinary, such as channel binding or a password beyond printable ASCII
 */
export function scramAnswer(exchange: ScramExchange, maxRounds: number): ScramAnswer | undefined {
  const { password, clientFirst, serverFirst } = exchange
  const { bare, ownNonce } = CLIENT_FIRST.exec(clientFirst)?.groups ?? {}
  const { nonce, salt, rounds } = SERVER_FIRST.exec(serverFirst)?.groups ?? {}
  if (!ownNonce || !nonce?.startsWith(ownNonce) || nonce === ownNonce || salt === undefined) return undefined
  if (Number(rounds) > maxRounds || !PRINTABLE.test(password)) return undefined
  const keys = scramKeys(password, Buffer.from(salt, 'base64'), Number(rounds))
  const clientFinal = `c=biws,r=${nonce}`
  const said = `${bare},${serverFirst},${clientFinal}`
  const signature = hmac(keys.stored, said)
  const proof = Buffer.from(keys.client.map((byte, at) => byte ^ (signature[at] ?? 0)))
  return {
    response: `${clientFinal},p=${proof.toString('base64')}`,
    serverSignature: hmac(keys.server, said).toString('base64'),
  }
}

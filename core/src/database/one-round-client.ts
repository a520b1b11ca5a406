import { Client, type ClientConfig } from 'pg'
import { scramAnswer } from './scram-answer.ts'

/** Members of `pg`'s client that its types leave out. */
interface Login {
  readonly saslSession: { readonly response: string }
  readonly connection: { sendSCRAMClientFinalMessage: (response: string) => void }
  _handleAuthSASLContinue(message: { readonly data: string }): Promise<void>
}

const LoginClient = Client as unknown as new (config: ClientConfig) => Client & Login

/**
 * A client that logs in as a role whose password has one round, as those of tenants, without leaving the thread: `pg` has
 * a dozen calls computed elsewhere, which takes a millisecond of every connect. Whatever is out of the ordinary, and what
 * the server answers, is left to `pg`.
 */
export class OneRoundClient extends LoginClient {
  override async _handleAuthSASLContinue(message: { readonly data: string }): Promise<void> {
    const { password, saslSession } = this
    const exchange = { password: password ?? '', clientFirst: saslSession.response, serverFirst: message.data }
    const answer = scramAnswer(exchange, 1)
    if (!answer) return super._handleAuthSASLContinue(message)
    Object.assign(saslSession, answer, { message: 'SASLResponse' })
    this.connection.sendSCRAMClientFinalMessage(answer.response)
  }
}

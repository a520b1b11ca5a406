import type { Exchange } from './http/exchange.ts'
import type { Localised } from './localised.ts'

/** Why a check was not carried out: the service lacks a part, preparing failed, or there is nothing to look at. */
export type SkipKind = 'capability' | 'setup' | 'nothing'

/** Thrown by a check that cannot be carried out. */
export class SkipCheck extends Error {
  readonly kind: SkipKind
  readonly reason: Localised
  readonly exchange: Exchange | undefined

  private constructor(kind: SkipKind, reason: Localised, exchange?: Exchange) {
    super(reason.en)
    this.name = 'SkipCheck'
    this.kind = kind
    this.reason = reason
    this.exchange = exchange
  }

  /** What had to be there first could not be made. */
  static setup(exchange: Exchange): SkipCheck {
    const said = `${exchange.method} ${exchange.url}: ${exchange.failure ?? exchange.status}`
    return new SkipCheck(
      'setup',
      { ko: `준비하지 못했습니다 (${said})`, en: `Could not be prepared (${said})` },
      exchange,
    )
  }

  /** The service has nothing that could be looked at. */
  static nothing(reason: Localised): SkipCheck {
    return new SkipCheck('nothing', reason)
  }

  static capability(reason: Localised): SkipCheck {
    return new SkipCheck('capability', reason)
  }
}

import type { OperationName } from '@mt-paas/server/contract'
import type { Capability } from './capability-name.ts'
import type { Exchange } from './http/exchange.ts'
import type { CompatName, Members } from './http/operation-request.ts'
import type { Localised } from './localised.ts'
import type { CallbackTarget, Target } from './target.ts'

/** How a request differs from the right one. */
export interface CallOptions {
  /** Null sends none. @default the service's key */
  readonly key?: string | null
  /** Headers beside the usual ones. @default none */
  readonly headers?: Readonly<Record<string, string>>
  /** Text behind the question mark, in place of the members. @default made of the members */
  readonly query?: string
  /** A JSON value in place of the members. @default made of the members */
  readonly body?: unknown
  /** Exact text or bytes of the body; null sends none. @default the members as JSON */
  readonly rawBody?: string | Uint8Array<ArrayBuffer> | null
  /** Null sends none. @default 'application/json' where there is a body */
  readonly contentType?: string | null
  /** @default the operation's */
  readonly method?: string
  /** How a webhook is signed; null sends no signature. @default rightly, where the service takes no others */
  readonly signed?: SignedAs | null
}

/** How a signature differs from the right one. */
export interface SignedAs {
  /** @default a new one */
  readonly id?: string
  /** Seconds between the timestamp and now; a negative number is the future. @default 0 */
  readonly age?: number
  /** What signs, one signature each. @default the secret of the market */
  readonly secrets?: readonly string[]
  /** What is signed in place of the body. @default the body */
  readonly body?: string
}

/** How callbacks are awaited. */
export interface AwaitedCallbacks extends CallbackTarget {
  readonly patience: number
  readonly quiet: number
  /** Tells that one did not come: a service that sends none is not waited for so long again. */
  missed(): void
}

/** A user that was made for a check. */
export interface MadeUser {
  readonly user_id: string
  readonly email: string
  readonly name: string
}

/** What a check works with. Whatever it makes is removed when it has ended. */
export interface CheckContext {
  readonly target: Target
  readonly now: () => Date
  /** Calls a standard operation. */
  call(operation: OperationName, members?: Members, options?: CallOptions): Promise<Exchange>
  /** Calls a compat operation. */
  compat(operation: CompatName, members?: Members, options?: CallOptions): Promise<Exchange>
  /** Posts to the path of the market's webhook. */
  webhook(payload: unknown, options?: CallOptions): Promise<Exchange>
  /** Sends to a path below the service's address, a GET with the standard key unless told otherwise. */
  send(path: string, options?: CallOptions): Promise<Exchange>
  /**
   * A tenant of this check's own, active.
   * @throws SkipCheck when it cannot be made
   */
  tenant(): Promise<string>
  /**
   * An active tenant for checks that leave it as it is.
   * @throws SkipCheck when it cannot be made
   */
  sharedTenant(): Promise<string>
  /**
   * The tenant whose numbers are looked at, never changed: the one the caller named, else the shared one.
   * @throws SkipCheck when it cannot be made
   */
  readTenant(): Promise<string>
  /**
   * A new user of a tenant.
   * @throws SkipCheck when it cannot be made
   */
  user(tenantId: string, members?: Members): Promise<MadeUser>
  /** Body of an activation of this tenant. */
  activation(tenantId: string): Members & { readonly tenant_id: string }
  /** A tenant id that no one has used. */
  newTenantId(): string
  /** An e-mail that no one has used. */
  newEmail(): string
  /** A number for an application. */
  newApplicationId(): number
  /** A short word that no one has used. */
  word(): string
  has(capability: Capability): Promise<boolean>
  /** Where this check's callbacks are awaited; needs the capability `callback`. */
  callbacks(): AwaitedCallbacks
  /** @throws SkipCheck always */
  nothingToSee(reason: Localised): never
}

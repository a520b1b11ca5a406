import type { Localised } from '../../conformance/localised.ts'

/** How a text of the command line becomes a member of an input. */
export type MemberKind = 'text' | 'number' | 'duration' | 'list' | 'json'

/** A member of an operation's input. */
export interface RemoteMember {
  /** Name of the option, or the number of the argument. */
  readonly from: string | number
  readonly member: string
  readonly kind: MemberKind
  /** What it is when its option, a switch, is given. */
  readonly sets?: unknown
  /** Whether the members of its JSON become members of the input. @default false */
  readonly spread?: boolean
}

/** A column of what an operation answers with. */
export interface RemoteColumn {
  readonly heading: Localised
  /** Members on the way to the value, such as `account.email`. */
  readonly path: string
}

/** An operation of the market, as a command calls it over REST. */
export interface RemoteCall {
  /** Name in the market's router. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/${string}`
  readonly members: readonly RemoteMember[]
  readonly columns: readonly RemoteColumn[]
  /** Member of the answer that holds the rows; without it the answer is one row. */
  readonly rows?: string
}

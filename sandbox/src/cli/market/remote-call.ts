import type { Localised } from '../../conformance/localised.ts'
import type { WordKind } from '../../text/value-words.ts'

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
  /** What help calls it, where it is an argument. */
  readonly label?: Localised
  /** Whether the members of its JSON become members of the input. @default false */
  readonly spread?: boolean
}

/** A column of what an operation answers with. */
export interface RemoteColumn {
  readonly heading: Localised
  /** Members on the way to the value, such as `account.email`; `{lang}` is the reader's language. */
  readonly path: string
  /** What the value is one of, where it is told in the reader's language. @default as it is */
  readonly words?: WordKind
}

/** A list below the answer itself. */
export interface RemoteList {
  readonly member: string
  readonly columns: readonly RemoteColumn[]
  /** Rows that are shown have this value there. @default all */
  readonly where?: { readonly path: string; readonly is: unknown }
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
  /** Text of the answer that is shown below the table. @default none */
  readonly words?: string
  /** @default none */
  readonly list?: RemoteList
}

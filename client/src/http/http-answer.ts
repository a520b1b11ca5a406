/** An answer with its whole body. */
export interface HttpAnswer {
  readonly status: number
  /** The first value of a header; names in lower case. */
  header(name: string): string | undefined
  readonly text: string
}

/** An answer with its whole body. */
export class HttpAnswer {
  readonly status: number
  readonly text: string
  readonly #headers: AnswerHeaders

  constructor(status: number, headers: AnswerHeaders, text: string) {
    this.status = status
    this.text = text
    this.#headers = headers
  }

  /** The first value of a header; names in lower case. */
  header(name: string): string | undefined {
    return firstValue(this.#headers, name)
  }
}

/** Headers of an answer by their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export function firstValue(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'object' ? value[0] : value
}

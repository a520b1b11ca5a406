/** What a generated function is put together of, apart from its statements. */
export class CheckSource {
  readonly #constants: unknown[] = []
  #variables = 0

  /** A name for a value that the statements refer to. */
  constant(value: unknown): string {
    this.#constants.push(value)
    return `constant${this.#constants.length - 1}`
  }

  /** A name that no other variable has. */
  variable(): string {
    return `variable${this.#variables++}`
  }

  /**
   * The function of a parameter `value` with these statements, true when none of them returns. Undefined where code
   * must not be made from text.
   */
  compile(statements: string): ((value: unknown) => boolean) | undefined {
    const names = this.#constants.map((_, at) => `constant${at}`)
    try {
      const make = new Function(...names, `return function isExact(value) {${statements}return true}`)
      return make(...this.#constants)
    } catch (cause) {
      if (cause instanceof EvalError) return undefined
      throw cause
    }
  }
}

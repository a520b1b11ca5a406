/** What is wrong with one variable. */
export interface ConfigurationProblem {
  readonly variable: string
  /** Never holds the variable's value. */
  readonly message: string
}

/** The environment does not configure this service; names every variable that is wrong, and no value. */
export class ConfigurationError extends Error {
  readonly problems: readonly ConfigurationProblem[]

  constructor(problems: readonly ConfigurationProblem[]) {
    super(
      ['The configuration is wrong:', ...problems.map(({ variable, message }) => `- ${variable} ${message}`)].join(
        '\n',
      ),
    )
    this.name = 'ConfigurationError'
    this.problems = problems
  }
}

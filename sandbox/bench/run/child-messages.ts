type Answers = Readonly<Record<string, (input: never) => unknown>>

interface Question {
  readonly id: number
  readonly name: string
  readonly input: never
}

/** Answers the questions of the process that started this one, and ends with it. */
export function answerParent(answers: Answers): void {
  process.on('disconnect', () => process.exit(0))
  process.on('message', async ({ id, name, input }: Question) => {
    try {
      process.send?.({ id, result: await answers[name]?.(input) })
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.send?.({ ready: true })
}

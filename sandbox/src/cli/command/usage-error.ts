/** A command was asked wrongly; the message is in the reader's language, and its help is shown with it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

import type { SimulatorText } from '../text/index.ts'

/** A command cannot do what it was asked; the message is in the reader's language. */
export class CommandError extends Error {
  private constructor(message: string) {
    super(message)
    this.name = 'CommandError'
  }

  static unreachable(text: SimulatorText, url: string): CommandError {
    return new CommandError(text.unreachable(url))
  }

  /** With a message that stands for itself. */
  static failed(message: string): CommandError {
    return new CommandError(message)
  }

  static refused(text: SimulatorText, message: string): CommandError {
    return new CommandError(text.refused(message))
  }

  static badValue(text: SimulatorText, option: string, { value, expected }: { value: string; expected: string }) {
    return new CommandError(text.badValue(option, value, expected))
  }

  static unreadableFile(text: SimulatorText, path: string): CommandError {
    return new CommandError(text.unreadableFile(path))
  }
}

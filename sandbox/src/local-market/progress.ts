import { styleText } from 'node:util'

/** Tells a person how far it is, line by line: no line is ever rewritten, so it reads the same in a log. */
export interface Progress {
  /** A step begins. */
  begin(text: string): void
  /** The step that began last has ended. */
  done(text: string): void
  /** Something to know. */
  note(text: string): void
}

/** Where progress is written to. */
export interface ProgressOptions {
  readonly write: (text: string) => void
  readonly colours: boolean
}

/** Writes progress as plain lines. */
export function lineProgress({ write, colours }: ProgressOptions): Progress {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text
  return {
    begin: (text) => write(`${styled('dim', `· ${text}`)}\n`),
    done: (text) => write(`${styled('green', '✓')} ${text}\n`),
    note: (text) => write(`${text}\n`),
  }
}

import { readFile } from 'node:fs/promises'
import type { SimulatorText } from '../../text/index.ts'
import { CommandError } from '../command-error.ts'

/**
 * The text of a `--body` option: as it stands, or of the file after an `@`.
 * @throws CommandError for a file that cannot be read
 */
export async function readBody(option: string, text: SimulatorText): Promise<string> {
  if (!option.startsWith('@')) return option
  const path = option.slice(1)
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw CommandError.unreadableFile(text, path)
  }
}

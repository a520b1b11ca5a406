import { DatabaseSync } from 'node:sqlite'

/**
 * Marks a store as used by this process: an SQLite transaction on a file beside it, which the system ends with the
 * process, however that happens.
 * @throws Error when another process holds it
 */
export function holdOwnerLock(file: string): { release(): void } {
  const lock = new DatabaseSync(`${file}.owner`)
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw error
  }
  return { release: () => lock.close() }
}

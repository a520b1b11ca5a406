import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** A module with everything of ours that it needs. */
export interface SourceClosure {
  /** Contents by path, relative to the folder. */
  readonly files: Readonly<Record<string, string>>
  /** Names of the packages that are imported, sorted. */
  readonly packages: readonly string[]
}

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g
const READ = /\bnew URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g
const MODULE = /\.[cm]?[jt]s$/

/**
 * Reads a module and all that it needs: what it imports, and the files beside it that it reads, which it names as
 * `new URL('file', import.meta.url)`.
 * @throws Error for a file that is not there
 */
export async function sourceClosure(folder: string, entry: string): Promise<SourceClosure> {
  const files: Record<string, string> = {}
  const packages = new Set<string>()
  const left = [entry]
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (files[path] !== undefined) continue
    const text = await readFile(join(folder, path), 'utf8')
    files[path] = text
    if (!MODULE.test(path)) continue
    const beside = (name: string) => posix.join(posix.dirname(path), name)
    for (const [, name = ''] of text.matchAll(READ)) left.push(beside(name))
    for (const [, name = ''] of text.matchAll(IMPORTED)) {
      if (name.startsWith('.')) left.push(beside(name))
      else if (!name.startsWith('node:')) packages.add(packageOf(name))
    }
  }
  const sorted = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1))
  return { files: Object.fromEntries(sorted), packages: [...packages].sort() }
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

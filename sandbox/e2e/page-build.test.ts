import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPage } from './page/built-page.ts'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** What is loaded before the first screen shows, gzip. */
const MOST = 150_000

let folder: string
let chunks: Readonly<Record<string, Chunk>>

beforeAll(async () => {
  folder = await builtPage()
  chunks = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'))
}, 120_000)

/** Files of chunks and of all that they import at once. */
function filesOf(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const chunk = chunks[name]
    if (!chunk || found.has(chunk.file)) continue
    found.add(chunk.file)
    filesOf(chunk.imports ?? [], found)
  }
  return found
}

async function size(files: Iterable<string>): Promise<number> {
  const sizes = await Promise.all([...files].map(async (file) => gzipSync(await readFile(join(folder, file))).length))
  return sizes.reduce((sum, one) => sum + one, 0)
}

describe('the built page', () => {
  it('loads little script before its first screen', async () => {
    const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry) ?? ''
    const overview = Object.keys(chunks).find((name) => name.endsWith('overview-screen.tsx')) ?? ''
    expect(chunks[overview]).toBeDefined()
    expect(await size(filesOf([entry, overview]))).toBeLessThan(MOST)
  })

  it('loads editor and charts only where they are shown', () => {
    const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry) ?? ''
    const first = filesOf([entry])
    for (const lazy of ['ui/json-editor.tsx', 'chart/time-chart.tsx']) {
      const chunk = Object.entries(chunks).find(([name]) => name.endsWith(lazy))?.[1]
      expect(chunk, lazy).toBeDefined()
      expect(first.has(chunk?.file ?? '')).toBe(false)
    }
  })

  it('has neither scripts nor styles in its document', async () => {
    const html = await readFile(join(folder, 'index.html'), 'utf8')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|javascript:/i)
    expect(html).toContain("default-src 'none'")
  })
})

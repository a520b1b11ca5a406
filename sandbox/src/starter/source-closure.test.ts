import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceClosure } from './source-closure.ts'
import { readSources } from './starter-sources.ts'

const FILES: Readonly<Record<string, string>> = {
  'entry.ts': `import { readFile } from 'node:fs/promises'
import type { Context } from 'koa'
import { z } from 'zod/mini'
import { other } from './other.ts'
const script = await readFile(new URL('script.js', import.meta.url), 'utf8')
const text = await readFile(
  new URL('./text.txt', import.meta.url),
)
const page = new URL('/users', address)
`,
  'other.ts': `export const other = await import('./lazy.ts')\n`,
  'lazy.ts': '',
  'script.js': `import './part.js'\n`,
  'part.js': '',
  'text.txt': `words from './nowhere.ts'\n`,
  'unused.ts': '',
  'broken.ts': `const text = new URL('missing.txt', import.meta.url)\n`,
}

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-closure-'))
  await Promise.all(Object.entries(FILES).map(([name, text]) => writeFile(join(folder, name), text)))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('sourceClosure', () => {
  it('follows imports and takes the files along that modules read', async () => {
    const { files, packages } = await sourceClosure(folder, 'entry.ts')
    const names = ['entry.ts', 'lazy.ts', 'other.ts', 'part.js', 'script.js', 'text.txt']
    expect(files).toEqual(Object.fromEntries(names.map((name) => [name, FILES[name]])))
    expect(packages).toEqual(['koa', 'zod'])
  })

  it('fails for a file that is not there', async () => {
    await expect(sourceClosure(folder, 'broken.ts')).rejects.toThrow('missing.txt')
  })
})

describe('readSources', () => {
  it('has the script of the page of a tenant in every sample', async () => {
    for (const { files } of Object.values(await readSources())) {
      expect(Object.keys(files)).toContain('services/assistant/page/chat-page.js')
    }
  })
})

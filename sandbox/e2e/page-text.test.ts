import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../web/src/', import.meta.url))
/** What makes and finds words, and has none. */
const MACHINERY = new Set(['text/define-text.ts', 'text/use-text.ts'])
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('-text.ts') && !MACHINERY.has(name),
)
const HANGUL = /[가-힣]/

/** Words that are the same in both languages: names, and what is written on the wire. */
const SAME = /^(?:[A-Z0-9 .,:+\-–/·%<>]*|webhook-\w+|curl|English|한국어|v1: .*|p\d+|ms|tRPC|JUnit XML)$/

/** Every word of a dictionary by its place; of a function, what it is made of. */
function wordsOf(value: unknown, place = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, spoken(String(value))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => wordsOf(member, place === '' ? name : `${place}.${name}`))
}

/** What a function says, without what it is told. */
function spoken(code: string): string {
  return code
    .replace(/^[^=]*=>/, '')
    .replaceAll(/\$\{[^}]*\}/g, '')
    .replaceAll('`', '')
    .trim()
}

async function dictionariesOf(file: string): Promise<readonly { readonly en: unknown; readonly ko: unknown }[]> {
  const names: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(source, file)).href)
  return Object.values(names).filter(
    (one): one is { readonly en: unknown; readonly ko: unknown } =>
      typeof one === 'object' && one !== null && 'en' in one && 'ko' in one,
  )
}

describe('the words of the page', () => {
  it('are many', () => {
    expect(files.length).toBeGreaterThan(10)
  })

  it.each(files)('%s says everything in both languages', async (file) => {
    const dictionaries = await dictionariesOf(file)
    expect(dictionaries.length).toBeGreaterThan(0)
    for (const { en, ko } of dictionaries) {
      const [english, korean] = [wordsOf(en), wordsOf(ko)]
      expect(korean.map(([place]) => place).sort()).toEqual(english.map(([place]) => place).sort())
      expect(english.filter(([, word]) => HANGUL.test(word) && !SAME.test(word))).toEqual([])
      expect(korean.filter(([, word]) => !HANGUL.test(word) && !SAME.test(word))).toEqual([])
    }
  })
})

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { sourceClosure } from './source-closure.ts'

/** Samples that a starter can be made of, with their modules below `src`. */
export const starterEntries = Object.freeze({
  advisor: 'services/advisor/advisor.ts',
  chatbot: 'services/chatbot/chatbot.ts',
})

/** One of {@link starterEntries}. */
export type StarterName = keyof typeof starterEntries

/** Names of {@link starterEntries}. */
export const starterNames = Object.keys(starterEntries) as readonly StarterName[]

const StarterSource = z.object({ files: z.record(z.string(), z.string()), packages: z.array(z.string()) })

/** Sources of a sample, and the packages that they import. */
export type StarterSource = z.infer<typeof StarterSource>

/** Where the package keeps the sources of its samples, since it holds built code only. */
export const STARTER_FILE = fileURLToPath(new URL('../../dist/starter/starters.json', import.meta.url))

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))

/** Reads the sources of all samples in a checkout. */
export async function readSources(): Promise<Record<StarterName, StarterSource>> {
  const [advisor, chatbot] = await Promise.all([
    sourceClosure(SOURCES, starterEntries.advisor),
    sourceClosure(SOURCES, starterEntries.chatbot),
  ])
  return {
    advisor: { ...advisor, packages: [...advisor.packages] },
    chatbot: { ...chatbot, packages: [...chatbot.packages] },
  }
}

/** The sources of a sample: those of this checkout, or those that the package was packed with. */
export async function starterSource(name: StarterName): Promise<StarterSource> {
  if (import.meta.url.endsWith('.ts')) return (await readSources())[name]
  const kept: unknown = JSON.parse(await readFile(STARTER_FILE, 'utf8'))
  return z.record(z.enum(starterNames), StarterSource).parse(kept)[name]
}

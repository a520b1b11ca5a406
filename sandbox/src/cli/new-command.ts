import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { sampleServices } from '../services/sample-services.ts'
import { starterProject } from '../starter/starter-project.ts'
import { starterNames, starterSource } from '../starter/starter-sources.ts'
import type { CommandContext } from './command/command-context.ts'
import { CommandError } from './command-error.ts'

/** Makes a project of one's own of a sample service. */
export async function newCommand({ line, host, print, say }: CommandContext): Promise<number> {
  const { starter: text } = line.text
  const folder = resolve(host.cwd(), line.arguments[0] ?? '')
  const from = starterNames.find((name) => name === line.value('from')) ?? 'advisor'
  const name = basename(folder)
  if (!/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name)) throw CommandError.failed(text.badName(name))
  if (!(await isEmpty(folder))) throw CommandError.failed(text.notEmpty(folder))
  const packages = line.value('packages')
  const definition = sampleServices.find((sample) => sample.definition.name === from)?.definition
  const files = starterProject({
    name,
    from,
    source: await starterSource(from),
    port: definition?.port ?? 0,
    tarballs: packages === undefined ? {} : await tarballsIn(resolve(host.cwd(), packages), folder),
  })
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content, { flag: 'wx' })
  }
  print({ folder, name, from, files: Object.keys(files) }, () => `${folder}\n`)
  say(text.next(relative(host.cwd(), folder) || '.'))
  return 0
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false
    throw error
  }
}

/** Packed packages of ours in a folder, as dependencies of a project in another. */
async function tarballsIn(folder: string, project: string): Promise<Readonly<Record<string, string>>> {
  const found = (await readdir(folder)).flatMap((file) => {
    const [, name] = /^mt-paas-(server|client|core|sandbox)-.+\.tgz$/.exec(file) ?? []
    return name === undefined ? [] : [[`@mt-paas/${name}`, `file:${relative(project, join(folder, file))}`] as const]
  })
  return Object.fromEntries(found)
}

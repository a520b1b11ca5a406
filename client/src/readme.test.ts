import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const node = join(root, '../node_modules/.bin/node')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Each program of the README with the heading above it and the output below it. */
const programs = [...readme.matchAll(/^```ts\n(.*?)^```\n\n```text\n(.*?)^```$/gms)].map(
  ({ 1: code, 2: output, index }) => {
    const heading = [...readme.slice(0, index).matchAll(/^#+ (.*)$/gm)].at(-1)?.[1]
    return { heading, code: code ?? '', output }
  },
)

describe('the README', () => {
  it('has a program for every example', () => {
    expect(programs).toHaveLength(readme.match(/^```ts$/gm)?.length ?? 0)
    expect(programs).toHaveLength(5)
  })

  it.each(programs)('says what the program under "$heading" prints', async ({ code, output }) => {
    const args = ['--conditions=mt-paas-source', '--input-type=module-typescript', '--eval', code]
    const { stdout } = await promisify(execFile)(node, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } })
    expect(stdout).toBe(output)
  })
})

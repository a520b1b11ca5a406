import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { complaintAboutNode, OLDEST_NODE } from './node-version.js'

const launcher = fileURLToPath(new URL('mt-paas.js', import.meta.url))

/** Node as the system has it, not the one the project brings; undefined where there is none. */
const systemNode = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => versionOf(join(folder, 'node')))
  .find((node) => node !== undefined)
const systemIsOld = systemNode !== undefined && complaintAboutNode(systemNode.version) !== undefined

describe('complaintAboutNode', () => {
  it.each(['22.17.0', '22.20.1', '23.0.0', '24.21.0', '100.0.0'])('has nothing against %s', (version) => {
    expect(complaintAboutNode(version)).toBeUndefined()
  })

  it.each(['0.12.18', '18.20.8', '20.20.2', '21.99.0', '22.2.0', '22.16.9'])(
    'refuses %s in both languages',
    (version) => {
      const complaint = complaintAboutNode(version)
      expect(complaint).toContain(`needs Node 22.17 or later; this is Node ${version}.`)
      expect(complaint).toContain(`Node 22.17 이상이 필요합니다. 현재 버전은 ${version}입니다.`)
      expect(complaint).toContain('npm start')
    },
  )

  it.each(['server', 'client', 'core', 'sandbox'])('asks for what engines of %s say', (name) => {
    const text = readFileSync(new URL(`../../${name}/package.json`, import.meta.url), 'utf8')
    const manifest: { readonly engines?: unknown } = JSON.parse(text)
    expect(manifest.engines).toEqual({ node: `>=${OLDEST_NODE}` })
  })
})

describe('the launcher', () => {
  it.skipIf(!systemIsOld)(
    `ends with the message and exit code 2 (needs a system Node older than ${OLDEST_NODE})`,
    () => {
      const run = spawnSync(systemNode?.path ?? '', [launcher], { encoding: 'utf8' })
      expect({ status: run.status, stdout: run.stdout, stderr: run.stderr.trim() }).toEqual({
        status: 2,
        stdout: '',
        stderr: complaintAboutNode(systemNode?.version ?? ''),
      })
    },
  )
})

function versionOf(path: string) {
  const { status, stdout } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return status === 0 ? { path, version: stdout.trim() } : undefined
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { languages } from '../../text/index.ts'
import { commandTable } from '../command-table.ts'
import { readCommandLine } from './read-command-line.ts'

const ENGLISH = { LANG: 'en_GB.UTF-8' }

function read(args: readonly string[], env: Readonly<Record<string, string>> = ENGLISH) {
  return readCommandLine(args, { commands: commandTable, version: '1.2.3', env })
}

function complaint(...args: string[]): string | undefined {
  const result = read(args)
  return result.kind === 'invalid' ? result.complaint : result.kind
}

function lineOf(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const result = read(args, env)
  if (result.kind !== 'run') throw new Error(`${result.kind}: ${args.join(' ')}`)
  return result.line
}

describe('a command line', () => {
  it('has defaults', () => {
    const line = lineOf(['sandbox'])
    expect([line.value('port'), line.value('data-dir'), line.has('once'), line.json]).toEqual([
      '9000',
      '.mt-paas',
      false,
      false,
    ])
  })

  it('is read in both forms, and the last of a repeated option counts', () => {
    const args = ['sandbox', '--port', '1', '--port=0', '--data-dir', './a b', '--once', '--json', '--lang=ko']
    const line = lineOf(args, { LANG: 'en' })
    expect([line.text.language, line.value('port'), line.value('data-dir')]).toEqual(['ko', '0', './a b'])
    expect([line.has('once'), line.json]).toEqual([true, true])
    expect(lineOf(['custom', 'u', '--header', 'a:1', '--header=b:2']).values('header')).toEqual(['a:1', 'b:2'])
    expect(lineOf(['show', '--', '-1']).arguments).toEqual(['-1'])
  })

  it('takes the language of MT_LANG, else of the environment, LC_ALL first', () => {
    const language = (env: Record<string, string>) => lineOf(['sandbox'], env).text.language
    expect(language({ LANG: 'ko_KR.UTF-8' })).toBe('ko')
    expect(language({ LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en')
    expect(language({ LANG: 'kok_IN' })).toBe('en')
    expect(language({ LANG: 'ko_KR.UTF-8', MT_LANG: 'en' })).toBe('en')
    expect(language({ LANG: 'ko_KR.UTF-8', MT_LANG: 'jp' })).toBe('ko')
    expect(lineOf(['sandbox', '--lang', 'ko'], { MT_LANG: 'en' }).text.language).toBe('ko')
  })

  it('that is wrong is named', () => {
    expect(complaint('sandbox', '--colour')).toBe('Unknown option: --colour')
    expect(complaint('sandbox', '--colour=red')).toBe('Unknown option: --colour')
    expect(complaint('sandbox', '-x')).toBe('Unknown option: -x')
    expect(complaint('sandbox', '--constructor')).toBe('Unknown option: --constructor')
    expect(complaint('sandbox', 'extra')).toBe('Unexpected argument: extra')
    expect(complaint('sandbox', '--once=no')).toBe('Unexpected argument: --once=no')
    expect(complaint('sandbox', '--port')).toBe('Option needs a value: --port')
    expect(complaint('sandbox', '--port', '--once')).toBe('Option needs a value: --port')
    expect(complaint('sandbox', '--data-dir=')).toBe('Option needs a value: --data-dir')
    for (const port of ['65536', '-1', '1e3', '80.0', 'http']) {
      expect(complaint('sandbox', `--port=${port}`)).toBe(`--port must be a number from 0 to 65535: ${port}`)
    }
    expect(complaint('sandbox', '--lang', 'jp')).toBe('--lang must be ko or en: jp')
    expect(complaint('sandbx')).toBe('Unknown command: sandbx')
    expect(complaint('tenants', 'remove')).toBe('Unknown command: remove')
    expect(complaint('constructor')).toBe('Unknown command: constructor')
    expect(complaint('tenants', 'show')).toBe('Missing argument: <id>')
    expect(complaint('sign')).toBe('Missing argument: --secret')
    expect(complaint('sandbox', '--colour', '--help')).toBe('words')
    expect(complaint()).toBeUndefined()
  })
})

describe('every command', () => {
  const named = commandTable.flatMap((spec) =>
    'commands' in spec ? [[spec.name], ...spec.commands.map(({ name }) => [spec.name, name])] : [[spec.name]],
  )
  const optionsIn = (help: string) => help.match(/--[a-z-]+/g)

  it.each(languages)('has help in %s', (language) => {
    const whole = read(['--help', '--lang', language])
    for (const path of named) {
      const help = read([...path, '--help', '--lang', language])
      if (help.kind !== 'words' || whole.kind !== 'words') throw new Error(path.join(' '))
      expect(help.words).toContain(`mt-paas ${path.join(' ')}`)
      expect(help.words).toContain('--lang <ko|en>')
      expect(/[가-힣]/.test(help.words)).toBe(language === 'ko')
      if (path.length === 1) expect(whole.words).toMatch(new RegExp(`^ {2}${path[0]} `, 'm'))
    }
  })

  it('names the same options in both languages', () => {
    for (const path of named) {
      const [ko, en] = languages.map((language) => read([...path, '--help', '--lang', language]))
      if (ko?.kind !== 'words' || en?.kind !== 'words') throw new Error(path.join(' '))
      expect(new Set(optionsIn(ko.words))).toEqual(new Set(optionsIn(en.words)))
    }
  })

  it('is in the README', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')
    const [, table = ''] = /\| command \| what it does \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(readme) ?? []
    const listed = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/[a-z][a-z-]*/g) ?? [])
    expect(listed.sort()).toEqual(commandTable.map(({ name }) => name).sort())
  })

  it('takes an empty argument for a missing one, and shows its own help', () => {
    const placed = commandTable.flatMap((spec) =>
      ('commands' in spec ? spec.commands : [spec]).flatMap((runnable) =>
        (runnable.places ?? []).map((place, index) => ({
          path: [...('commands' in spec ? [spec.name] : []), runnable.name],
          given: Array.from({ length: index }, () => 'x'),
          runnable,
          place,
        })),
      ),
    )
    expect(placed.length).toBeGreaterThan(20)
    for (const { path, given, runnable, place } of placed) {
      const needed = (runnable.options ?? []).flatMap(({ name, needed = false }) => (needed ? [`--${name}=1`] : []))
      const rest = (runnable.places ?? []).slice(given.length + 1).map(() => 'x')
      for (const empty of ['', ' ']) {
        const result = read([...path, ...given, empty, ...rest, ...needed])
        expect(result).toMatchObject({ kind: 'invalid', complaint: `Missing argument: <${place.name.en}>` })
        expect(result.kind === 'invalid' && result.help).toContain(`mt-paas ${path.join(' ')} `)
      }
    }
  })

  it('has a module that runs it', async () => {
    const commands = commandTable.flatMap((spec) => ('commands' in spec ? spec.commands : [spec]))
    for (const { load } of commands) expect(await load()).toBeTypeOf('function')
  })
})

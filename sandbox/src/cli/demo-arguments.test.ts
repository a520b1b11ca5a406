import { describe, expect, it } from 'vitest'
import { parseDemoArguments } from './demo-arguments.ts'

function complaint(...args: string[]): string {
  const parsed = parseDemoArguments(args, { LANG: 'en_GB.UTF-8' })
  return parsed.kind === 'invalid' ? parsed.complaint : parsed.kind
}

describe('the arguments of the demo', () => {
  it('have defaults', () => {
    const parsed = parseDemoArguments([], {})
    expect(parsed).toMatchObject({
      kind: 'run',
      values: { port: 10_300, dataDir: '.mt-paas', once: false, json: false },
    })
  })

  it('are read in both forms, and the last of a repeated option counts', () => {
    const args = ['--port', '1', '--port=0', '--data-dir', './a b', '--once', '--json', '--lang=ko']
    expect(parseDemoArguments(args, { LANG: 'en' })).toMatchObject({
      kind: 'run',
      text: { language: 'ko' },
      values: { port: 0, dataDir: './a b', once: true, json: true },
    })
  })

  it('take the language of the environment, LC_ALL first', () => {
    const language = (env: Record<string, string>) => parseDemoArguments([], env).text.language
    expect(language({ LANG: 'ko_KR.UTF-8' })).toBe('ko')
    expect(language({ LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en')
    expect(language({ LANG: 'kok_IN' })).toBe('en')
  })

  it('that are wrong are named', () => {
    expect(complaint('--colour')).toBe('Unknown option: --colour')
    expect(complaint('-x')).toBe('Unknown option: -x')
    expect(complaint('--constructor')).toBe('Unknown option: --constructor')
    expect(complaint('extra')).toBe('Unexpected argument: extra')
    expect(complaint('--once=no')).toBe('Unexpected argument: --once=no')
    expect(complaint('--port')).toBe('Option needs a value: --port')
    expect(complaint('--port', '--once')).toBe('Option needs a value: --port')
    expect(complaint('--data-dir=')).toBe('Option needs a value: --data-dir')
    for (const port of ['65536', '-1', '1e3', '80.0', 'http']) {
      expect(complaint(`--port=${port}`)).toBe(`--port must be a number from 0 to 65535: ${port}`)
    }
    expect(complaint('--lang', 'jp')).toBe('--lang must be ko or en: jp')
    expect(complaint('--colour', '--help')).toBe('help')
  })
})

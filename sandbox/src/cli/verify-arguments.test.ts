import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command/read-command-line.ts'
import { UsageError } from './command/usage-error.ts'
import { commandTable } from './command-table.ts'
import { type VerifyArguments, verifyArguments } from './verify-arguments.ts'

function parsed(args: readonly string[], env: Readonly<Record<string, string>>): VerifyArguments | string | undefined {
  const read = readCommandLine(['verify', ...args], { commands: commandTable, version: '', env })
  if (read.kind !== 'run') return read.kind === 'invalid' ? read.complaint : 'help'
  try {
    return verifyArguments(read.line, env)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

const complaint = (...args: string[]) => parsed(args, { LANG: 'en_GB.UTF-8' })

function valuesOf(args: readonly string[], env: Record<string, string> = {}) {
  const values = parsed(args, env)
  return typeof values === 'object' ? values : undefined
}

describe('the arguments of verify', () => {
  it('have defaults', () => {
    expect(valuesOf(['http://127.0.0.1:1'])).toEqual({
      options: {
        url: 'http://127.0.0.1:1',
        apiKey: 'mt_dev_key_12345',
        prefix: '/mt',
        only: [],
        skip: [],
        level: 'MUST',
        timeoutMs: 10_000,
        allowRemote: false,
      },
      selfTest: false,
      thorough: false,
      reports: [],
      out: 'conformance-report',
      baseline: undefined,
      run: undefined,
    })
  })

  it('take the key of the environment, the first where there are several', () => {
    expect(valuesOf(['x'], { MARKET_API_KEY: 'new,old' })?.options.apiKey).toBe('new')
    expect(valuesOf(['x', '--api-key', 'own'], { MARKET_API_KEY: 'new,old' })?.options.apiKey).toBe('own')
  })

  it('are read in any order, lists by commas', () => {
    const args = [
      '--only=auth, users',
      '--level',
      'Should',
      'http://localhost',
      '--report',
      'junit,har',
      '--tenant=t',
      '--seed',
      '1',
    ]
    expect(valuesOf(args)).toMatchObject({
      options: { url: 'http://localhost', only: ['auth', 'users'], level: 'SHOULD', readTenant: 't', seed: '1' },
      reports: ['junit', 'har'],
    })
  })

  it('need an address unless the checks themselves are tested', () => {
    expect(complaint()).toBe('The address of the service is missing')
    expect(valuesOf(['--self-test', '--thorough'])).toMatchObject({ selfTest: true, thorough: true })
  })

  it.each([
    [['a', 'b'], 'Unexpected argument: b'],
    [['a', '--level', 'may'], '--level must be must or should: may'],
    [['a', '--timeout', '0'], '--timeout must be a number of milliseconds from 1 to 600000: 0'],
    [['a', '--timeout', '1.5'], '--timeout must be a number of milliseconds from 1 to 600000: 1.5'],
    [['a', '--report', 'html,pdf'], '--report takes json, junit, html, har, badge: pdf'],
    [['a', '--lang', 'jp'], '--lang must be ko or en: jp'],
    [['a', '--json=no'], 'Unexpected argument: --json=no'],
    [['a', '--only', '--json'], 'Option needs a value: --only'],
    [['--colour'], 'Unknown option: --colour'],
    [['--colour', '--help'], 'help'],
  ])('%j: %s', (args, expected) => {
    expect(complaint(...args)).toBe(expected)
  })
})

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

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`

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
      callbacks: undefined,
    })
  })

  it('take the key of the environment, the first where there are several', () => {
    expect(valuesOf(['x'], { MARKET_API_KEY: 'new,old' })?.options.apiKey).toBe('new')
    expect(valuesOf(['x', '--api-key', 'own'], { MARKET_API_KEY: 'new,old' })?.options.apiKey).toBe('own')
  })

  it('take secrets and keys from the environment too, so that no list of processes shows them', () => {
    const env = { MT_WEBHOOK_SECRET: `${SECRET},old`, MT_CALLBACK_KEY: 'k', MT_CALLBACK_SECRET: SECRET }
    expect(valuesOf(['x', '--callback-port', '9100'], env)).toMatchObject({
      options: { webhookSecret: SECRET },
      callbacks: { port: 9_100, serviceKey: 'k', secret: SECRET },
    })
    const args = ['x', '--callback-port=9100', '--service-key', 'own', '--callback-secret', SECRET]
    expect(valuesOf(args, { MT_CALLBACK_KEY: 'k' })?.callbacks).toEqual({
      port: 9_100,
      serviceKey: 'own',
      secret: SECRET,
    })
    expect(valuesOf(['x'], { MT_CALLBACK_KEY: 'k' })?.callbacks).toBeUndefined()
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
    [['a', '--webhook-secret', 'short'], '--webhook-secret must be whsec_ and base64, or text, of at least 24 bytes'],
    [['a', '--callback-port', '0'], '--callback-port must be a port from 1 to 65535: 0'],
    [['a', '--callback-port', '1e3'], '--callback-port must be a port from 1 to 65535: 1e3'],
    [['a', '--service-key', 'k'], '--service-key and --callback-secret need --callback-port'],
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

import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { parseIntoClientConfig } from 'pg-connection-string'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from './configuration-error.ts'
import { type Environment, readConfiguration } from './read-configuration.ts'
import { variables } from './variables.ts'

/** A value that fits no rule, or, where every text fits, one that contradicts another variable. */
const LEAK = 'hunter2\0%'
const BAD: Record<keyof typeof variables.shape, Environment> = {
  CENTRAL_DATABASE_URL: { CENTRAL_DATABASE_URL: 'postgres://root:hunter2%@db/central' },
  MT_DB_HOST: { MT_DB_HOST: `${LEAK}/` },
  MT_DB_PORT: { MT_DB_HOST: 'db', MT_DB_PORT: LEAK },
  MT_DB_USER: { MT_DB_HOST: 'db', MT_DB_USER: LEAK },
  MT_DB_PASSWORD: { CENTRAL_DATABASE_URL: 'postgres://db/central', MT_DB_PASSWORD: LEAK },
  MT_DB_NAME: { MT_DB_HOST: 'db', MT_DB_NAME: LEAK },
  MT_DB_PREFIX: { MT_DB_PREFIX: LEAK },
  MT_DB_POOL_SIZE: { MT_DB_POOL_SIZE: LEAK },
  MT_DB_CONNECTION_BUDGET: { MT_DB_CONNECTION_BUDGET: LEAK },
  MT_REDIS_URL: { MT_REDIS_URL: 'http://:hunter2@redis' },
  MT_REDIS_HOST: { MT_REDIS_HOST: LEAK },
  MT_REDIS_PORT: { MT_REDIS_HOST: 'redis', MT_REDIS_PORT: LEAK },
  MT_REDIS_PASSWORD: { MT_REDIS_URL: 'redis://redis', MT_REDIS_PASSWORD: LEAK },
  MT_API_PORT: { MT_API_PORT: LEAK },
  MARKET_API_KEY: { MARKET_API_KEY: LEAK },
  MT_JWT_SECRET: { MT_JWT_SECRET: LEAK },
  MT_DATA_DIR: { MT_DATA_DIR: LEAK },
  MT_RETENTION_DAYS: { MT_RETENTION_DAYS: LEAK },
  MT_TENANT_CACHE_SECONDS: { MT_TENANT_CACHE_SECONDS: LEAK },
}

function refusal(env: Environment): ConfigurationError {
  try {
    readConfiguration(env)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new Error('The configuration was accepted')
}

const connection = (env: Environment) => parseIntoClientConfig(readConfiguration(env).centralUrl?.reveal() ?? '')

describe('the configuration', () => {
  it('has defaults, and an empty variable is one that is not set', () => {
    const defaults = {
      centralUrl: undefined,
      dataDir: '.mt-paas',
      redisUrl: undefined,
      apiPort: 11_000,
      marketApiKeys: [],
      jwtSecret: undefined,
      limits: { poolSize: undefined, connectionBudget: undefined, retentionDays: 90, tenantCacheTime: 60_000 },
    }
    expect(readConfiguration({})).toEqual(defaults)
    expect(readConfiguration(Object.fromEntries(Object.keys(variables.shape).map((name) => [name, ''])))).toEqual(
      defaults,
    )
  })

  it('takes the central database in one piece or in parts', () => {
    const url = 'postgres://mt:s%2Fe@db.example.com:6432/central?sslmode=no-verify'
    expect(readConfiguration({ CENTRAL_DATABASE_URL: url }).centralUrl?.reveal()).toBe(url)
    expect(connection({ MT_DB_HOST: 'db' })).toMatchObject({
      host: 'db',
      port: 5_432,
      user: 'postgres',
      database: 'mt_paas',
    })
    const parts = { MT_DB_PORT: '6432', MT_DB_USER: 'm t', MT_DB_PASSWORD: 'p@:/?#%41한', MT_DB_NAME: 'central/1 한' }
    const expected = { port: 6_432, user: 'm t', password: parts.MT_DB_PASSWORD, database: 'central/1 한' }
    expect(connection({ MT_DB_HOST: '10.0.0.7', ...parts })).toMatchObject({ host: '10.0.0.7', ...expected })
    expect(connection({ MT_DB_HOST: '/var/run/postgresql', ...parts })).toMatchObject({
      host: '/var/run/postgresql',
      ...expected,
    })
    expect(readConfiguration({ MT_DB_HOST: '::1' }).centralUrl?.reveal()).toContain('@[::1]:5432/')
  })

  it('takes Redis in one piece or in parts', () => {
    const redis = (env: Environment) => readConfiguration(env).redisUrl?.reveal()
    expect(redis({ MT_REDIS_URL: 'rediss://redis:6380/1' })).toBe('rediss://redis:6380/1')
    expect(redis({ MT_REDIS_HOST: 'redis' })).toBe('redis://redis:6379')
    expect(redis({ MT_REDIS_HOST: 'redis', MT_REDIS_PORT: '1', MT_REDIS_PASSWORD: 'a@b' })).toBe(
      'redis://:a%40b@redis:1',
    )
  })

  it('takes keys, limits and the port', () => {
    const configuration = readConfiguration({
      MARKET_API_KEY: 'new-key, old-key',
      MT_JWT_SECRET: 'x'.repeat(32),
      MT_API_PORT: '0',
      MT_DB_POOL_SIZE: '2',
      MT_DB_CONNECTION_BUDGET: '20',
      MT_RETENTION_DAYS: '0',
      MT_TENANT_CACHE_SECONDS: '5',
      MT_DATA_DIR: '/srv/data',
    })
    expect(configuration).toMatchObject({ apiPort: 0, dataDir: '/srv/data' })
    expect(configuration.marketApiKeys.map((key) => key.reveal())).toEqual(['new-key', 'old-key'])
    expect(configuration.jwtSecret?.reveal()).toHaveLength(32)
    expect(configuration.limits).toEqual({
      poolSize: 2,
      connectionBudget: 20,
      retentionDays: 0,
      tenantCacheTime: 5_000,
    })
  })
})

describe('a configuration that is wrong', () => {
  it.each(Object.keys(variables.shape) as (keyof typeof BAD)[])('names %s and never its value', (variable) => {
    const { problems, message } = refusal(BAD[variable])
    expect(problems.map((problem) => problem.variable)).toContain(variable)
    expect(message).toContain(`- ${variable} `)
    expect(message).not.toContain('hunter2')
  })

  it('lists everything at once', () => {
    const { message } = refusal({
      CENTRAL_DATABASE_URL: 'mysql://db/x',
      MT_DB_HOST: 'db',
      MT_DB_PORT: '70000',
      MT_REDIS_PORT: '6379',
      MT_API_PORT: '-1',
      MT_JWT_SECRET: 'short',
    })
    expect(message.split('\n')).toEqual([
      'The configuration is wrong:',
      expect.stringContaining('- CENTRAL_DATABASE_URL must be a connection string'),
      '- MT_DB_PORT must be a whole number from 1 to 65535',
      '- MT_API_PORT must be a whole number from 0 to 65535',
      '- MT_JWT_SECRET must have at least 32 bytes',
      '- MT_DB_HOST cannot be set together with CENTRAL_DATABASE_URL; unset one of them',
      '- MT_DB_PORT cannot be set together with CENTRAL_DATABASE_URL; unset one of them',
      '- MT_REDIS_HOST must be set as well when MT_REDIS_PORT is',
    ])
  })

  it.each([
    ['CENTRAL_DATABASE_URL', 'db.example.com'],
    ['CENTRAL_DATABASE_URL', 'postgres://db'],
    ['CENTRAL_DATABASE_URL', 'postgres://db/'],
    ['MT_DB_POOL_SIZE', '0'],
    ['MT_DB_POOL_SIZE', '1.5'],
    ['MT_API_PORT', '0x10'],
    ['MARKET_API_KEY', 'key,,other'],
    ['MARKET_API_KEY', '한글'],
    ['MT_DB_NAME', '데이터베이스이름이육십삼바이트보다긴것은잘려서다른것이된다'],
  ])('refuses %s=%s', (variable, value) => {
    const { problems } = refusal({ ...(variable.startsWith('MT_DB_') && { MT_DB_HOST: 'db' }), [variable]: value })
    expect(problems.map((problem) => problem.variable)).toEqual([variable])
  })
})

describe('a configuration that is printed', () => {
  it('shows no secret', () => {
    const secrets = {
      MT_DB_HOST: 'db',
      MT_DB_PASSWORD: 'hunter2',
      MT_REDIS_HOST: 'redis',
      MT_REDIS_PASSWORD: 'hunter2',
      MARKET_API_KEY: 'hunter2',
      MT_JWT_SECRET: 'hunter2'.repeat(5),
    }
    const configuration = readConfiguration(secrets)
    const printed = [
      inspect(configuration, { depth: 9, showHidden: true }),
      JSON.stringify(configuration),
      `${configuration.jwtSecret}`,
    ]
    expect(printed.join()).not.toContain('hunter2')
    expect(configuration.centralUrl?.reveal()).toContain('hunter2')
  })
})

it('every variable stands in the README', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const [, rows = ''] = /\| variable \| default \| meaning \|\n\|---\|---\|---\|\n(.*?)\n\n/s.exec(readme) ?? []
  const listed = rows.split('\n').map((row) => /`(\w+)`/.exec(row)?.[1])
  expect(listed.toSorted()).toEqual(Object.keys(variables.shape).sort())
})

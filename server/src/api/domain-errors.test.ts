import { safe } from '@trpc/client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorCodes, type OperationName, operations } from '../contract/index.ts'
import {
  FeatureDisabledError,
  QuotaExceededError,
  ResourceNotFoundError,
  type StandardApiError,
  TenantExistsError,
  TenantNotFoundError,
  UserExistsError,
  UserNotFoundError,
} from '../error/index.ts'
import { type ExampleService, serveExample } from './example-service.test.support.ts'
import { requestFor, rpcRequestFor } from './operation-request.test.support.ts'

const names = Object.keys(operations) as OperationName[]

const domainErrors: readonly (readonly [StandardApiError, number, string, string])[] = [
  [new TenantNotFoundError('t1'), 404, 'TENANT_NOT_FOUND', 'Tenant t1 not found'],
  [new TenantExistsError('t1'), 409, 'TENANT_EXISTS', 'Tenant t1 already exists'],
  [new UserNotFoundError('u1'), 404, 'USER_NOT_FOUND', 'User u1 not found'],
  [new UserExistsError('a@b.c'), 409, 'USER_EXISTS', 'User a@b.c already exists'],
  [new QuotaExceededError('users', 100), 429, 'QUOTA_EXCEEDED', 'users quota exceeded (limit: 100)'],
  [new FeatureDisabledError('rag'), 403, 'FEATURE_DISABLED', 'Feature rag is disabled for this tenant'],
  [new ResourceNotFoundError('r1'), 404, 'RESOURCE_NOT_FOUND', 'Resource r1 not found'],
]

/** What every procedure of the service does, set by each test. */
let act: () => unknown
let service: ExampleService

beforeAll(async () => {
  service = await serveExample(Object.fromEntries(names.map((name) => [name, async () => act()])))
})

beforeEach(() => {
  service.failures.length = 0
})

afterAll(() => service[Symbol.asyncDispose]())

describe.each(names)('%s', (name) => {
  it.each(domainErrors)('answers %s with its status, code and message', async (...[error, status, code, message]) => {
    act = () => {
      throw error
    }
    const rest = await service.send(requestFor(name))
    if (name === 'checkHealth') {
      expect(rest).toMatchObject({ status: 200, json: { status: 'unhealthy' } })
      return
    }
    const request_id = rest.headers['x-request-id']
    expect(rest.status).toBe(status)
    expect(rest.json).toEqual({
      success: false,
      error: code,
      message,
      detail: message,
      details: error.details,
      request_id,
    })
    const rpc = await service.send(rpcRequestFor(name))
    expect(rpc).toMatchObject({
      status,
      json: { error: { message, data: { httpStatus: status, error: code, details: error.details, path: name } } },
    })
    expect(errorCodes[error.error as keyof typeof errorCodes].status).toBe(status)
    expect(service.failures).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a list', []],
    ['text', 'hunter2'],
    ['a member of a wrong type', { tenant_id: 5, user_id: {}, success: 'hunter2' }],
  ])('answers 500 with a fixed text when its handler returns %s', async (_name, value) => {
    // The words of health are the service's own.
    if (name === 'checkHealth' && typeof value === 'string') return
    act = () => value
    const rest = await service.send(requestFor(name))
    const rpc = await service.send(rpcRequestFor(name))
    expect(rest).toMatchObject({
      status: 500,
      json: { error: 'INTERNAL_ERROR', message: 'Internal server error', details: null },
    })
    expect(rpc).toMatchObject({
      status: 500,
      json: { error: { message: 'Internal server error', data: { error: 'INTERNAL_ERROR' } } },
    })
    expect(rest.text + rpc.text).not.toMatch(/hunter2|expected|zod/i)
    expect(service.failures).toMatchObject([{ operation: name }, { operation: name }])
  })
})

it('safe() gives the code of an error that the operation does not declare as well', async () => {
  act = () => {
    throw new QuotaExceededError('users', 1)
  }
  const [, error] = await safe(service.client().getSettings.query({ tenant_id: 't1' }))
  expect(error?.data?.error).toBe('QUOTA_EXCEEDED')
})

import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { errorCodes, operations } from '../contract/index.ts'
import { lifecycleRouter, standardRouter } from '../router/standard-router.ts'
import { answerValidator, operationsOf, schemaValidator } from './answer-schemas.test.support.ts'
import { openApiDocument } from './openapi-document.ts'

interface RecordedCase {
  readonly name: string
  readonly server: string
  readonly request: { readonly method: string; readonly path: string }
  readonly expect: { readonly status: number; readonly json?: unknown }
}

const cases: readonly RecordedCase[] = JSON.parse(
  readFileSync(new URL('../../../sandbox/e2e/golden/cases.json', import.meta.url), 'utf8'),
)

const document = openApiDocument(standardRouter, { version: '2.1.0', userTokens: true })
const documented = operationsOf(document)
const byName = new Map(documented.map((one) => [one.object.operationId, one]))

function operation(name: string) {
  const found = byName.get(name)
  if (!found) throw new Error(`${name} is not in the document`)
  return found.object
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : referencesIn(child),
  )
}

function at(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => Reflect.get(Object(value), key), document)
}

describe('openApiDocument', () => {
  it.each([
    ['standardRouter', standardRouter, 18],
    ['lifecycleRouter', lifecycleRouter, 5],
  ])('is a valid OpenAPI 3.1 document of %s', async (_name, router, count) => {
    const made = openApiDocument(router)
    const result = await new Validator().validate(JSON.parse(JSON.stringify(made)))
    expect(result).toEqual({ valid: true })
    expect(made.openapi).toBe('3.1.0')
    expect(operationsOf(made)).toHaveLength(count)
  })

  it('names operations as the procedures, at the paths of the contract', () => {
    const places = documented.map(({ object, method, path }) => [object.operationId, method.toUpperCase(), path])
    expect(places.toSorted()).toEqual(
      Object.entries(operations)
        .map(([name, { method, path }]) => [name, method, path])
        .toSorted(),
    )
  })

  it('carries title, version, description and where the paths begin', () => {
    const options = { title: 'Advisor', version: '7.0.0', description: 'Advice', prefix: '/svc' }
    const { info, servers } = openApiDocument(standardRouter, options)
    expect(info).toEqual({ title: 'Advisor', version: '7.0.0', description: 'Advice' })
    expect(servers).toEqual([{ url: '/svc' }])
    expect(openApiDocument(standardRouter, { prefix: '' }).servers).toEqual([{ url: '/' }])
  })

  it('describes every tag that an operation has', () => {
    const used = new Set(documented.flatMap(({ object }) => object.tags ?? []))
    expect(new Set(document.tags?.map(({ name }) => name))).toEqual(used)
    for (const { name, description } of document.tags ?? []) expect(description).not.toBe(name)
  })

  it('has no reference that leads nowhere, and no schema that nothing refers to', () => {
    const references = new Set(referencesIn(document))
    for (const reference of references) expect(at(reference), reference).toBeTypeOf('object')
    const schemas = Object.keys(document.components?.schemas ?? {})
    expect(schemas.filter((id) => !references.has(`#/components/schemas/${id}`))).toEqual([])
    expect(schemas.filter((id) => !/^[A-Z][A-Za-z]+$/.test(id))).toEqual([])
  })

  it('is the same whichever document was made before', () => {
    expect(openApiDocument(standardRouter, { version: '2.1.0', userTokens: true })).toEqual(document)
  })

  it('refuses a router whose procedures are not of the contract', () => {
    const { checkHealth } = standardRouter._def.procedures
    const renamed = { ...standardRouter, _def: { ...standardRouter._def, procedures: { other: checkHealth } } }
    expect(() => openApiDocument(renamed as unknown as typeof standardRouter)).toThrow(/is not an operation/)
  })
})

describe('security in the document', () => {
  it('asks for the key, for key or token, or for nothing, as the operation does', () => {
    const wanted = { public: [], market: [{ MarketKey: [] }] }
    const keyOrToken = [{ MarketKey: [] }, { UserToken: [] }]
    for (const [name, { access }] of Object.entries(operations)) {
      expect(operation(name).security, name).toEqual(
        access === 'public' || access === 'market' ? wanted[access] : keyOrToken,
      )
    }
  })

  it('names the header of the key, and tokens only where they are accepted', () => {
    const { components } = openApiDocument(standardRouter, { apiKeyHeader: 'X-My-Key' })
    expect(components?.securitySchemes).toEqual({
      MarketKey: { type: 'apiKey', in: 'header', name: 'X-My-Key', description: expect.any(String) },
    })
    expect(document.components?.securitySchemes?.UserToken).toMatchObject({ type: 'http', bearerFormat: 'JWT' })
  })

  it('lets everybody in where authentication is switched off', () => {
    for (const { object } of operationsOf(openApiDocument(standardRouter, { requireAuth: false }))) {
      const isPublic = object.operationId === 'checkHealth'
      expect(object.security).toEqual(isPublic ? [] : [{}, { MarketKey: [] }])
      expect(Object.keys(object.responses ?? {})).not.toContain('401')
    }
  })
})

describe('requests in the document', () => {
  it('has the parameters with bounds, defaults and choices', () => {
    const query = operation('listUsers').parameters?.filter((one) => 'in' in one && one.in === 'query')
    expect(query).toEqual([
      { in: 'query', name: 'role', schema: { $ref: '#/components/schemas/UserRole' } },
      { in: 'query', name: 'status', schema: { $ref: '#/components/schemas/UserStatus' } },
      { in: 'query', name: 'search', schema: { type: 'string' } },
      { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      { in: 'query', name: 'offset', schema: { type: 'integer', minimum: 0, default: 0 } },
    ])
    expect(operation('getTopUsers').parameters).toContainEqual({
      in: 'query',
      name: 'limit',
      schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    })
    expect(at('#/components/schemas/UserRole')).toMatchObject({ enum: ['admin', 'user', 'moderator'] })
  })

  it('says whether a body must be there', () => {
    const required = Object.keys(operations).map((name) => {
      const { requestBody } = operation(name)
      return [name, requestBody && 'required' in requestBody ? requestBody.required : undefined]
    })
    expect(Object.fromEntries(required.filter(([, value]) => value !== undefined))).toEqual({
      activateTenant: true,
      deactivateTenant: true,
      createUser: true,
      updateUser: false,
      updateSettings: true,
    })
  })

  it('repeats the tenant in the body of an activation', () => {
    expect(at('#/components/schemas/ActivateRequest')).toMatchObject({
      properties: { tenant_id: { type: 'string' } },
      required: ['tenant_id', 'tenant_name', 'plan', 'features', 'contact'],
    })
    expect(operation('activateTenant').parameters).toMatchObject([{ in: 'path', name: 'tenant_id', required: true }])
  })

  it('shows numbers and booleans as what they are, and what a member left out means', () => {
    expect(at('#/components/schemas/CreateUserRequest')).toMatchObject({
      properties: {
        role: { $ref: '#/components/schemas/UserRole', default: 'user' },
        password: { type: ['string', 'null'], default: null },
        send_welcome_email: { type: 'boolean', default: true },
      },
      required: ['email', 'name'],
    })
    expect(JSON.stringify(at('#/components/schemas/UpdateSettingsRequest'))).toContain('"max_users":{"type":"integer"}')
  })
})

describe('answers in the document', () => {
  it('have the status of success and an X-Request-Id', () => {
    for (const [name, { status }] of Object.entries(operations)) {
      const { responses = {} } = operation(name)
      expect(Object.keys(responses).filter((code) => code.startsWith('2'))).toEqual([String(status)])
      for (const response of Object.values(responses)) expect(response.headers).toHaveProperty('X-Request-Id')
    }
  })

  it('have one body for every error, with examples that carry real codes of that status', () => {
    const reasonAgainst = schemaValidator(document)
    for (const { object } of documented) {
      for (const [status, { content, headers }] of Object.entries(object.responses ?? {})) {
        if (status.startsWith('2')) continue
        const { schema, examples } = content['application/json']
        expect(schema).toEqual({ $ref: '#/components/schemas/ErrorBody' })
        expect(Object.keys(examples)).not.toEqual([])
        for (const [code, example] of Object.entries(examples)) {
          const { value } = example as { readonly value: unknown }
          expect(reasonAgainst(schema, value)).toBe('')
          expect(value).toMatchObject({ error: code })
          expect(errorCodes).toHaveProperty(code)
        }
        expect('Retry-After' in headers).toBe(status === '429' || status === '503')
      }
    }
  })

  it('have examples that fit their schemas, bodies of requests too', () => {
    const reasonAgainst = schemaValidator(document)
    for (const { object } of documented) {
      const { requestBody, responses = {}, operationId = '' } = object
      const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'))
      const bodies = [success?.[1], requestBody].filter((one) => one !== undefined)
      for (const body of bodies) {
        const schema = at(body.content['application/json'].schema.$ref)
        expect(Object(schema), operationId).toHaveProperty('example')
        expect(reasonAgainst(schema, Reflect.get(Object(schema), 'example')), operationId).toBe('')
      }
    }
  })

  const recorded = cases.filter(
    ({ server, request, expect: { status, json } }) =>
      server === 'normal' && json !== undefined && status >= 200 && status < 300 && request.path.startsWith('/mt/'),
  )
  const reasonAgainst = answerValidator(document)

  it('are recorded', () => {
    expect(recorded.length).toBeGreaterThan(50)
  })

  it.each(recorded.map((one) => [one.name, one] as const))(
    'fit what was recorded: %s',
    (_name, { request, expect: e }) => {
      const path = request.path.slice('/mt'.length)
      const place = documented.find(
        (one) =>
          one.method === request.method.toLowerCase() &&
          new RegExp(`^${one.path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
      )
      if (!place) throw new Error(`${request.method} ${path} is not in the document`)
      expect(reasonAgainst(place, e.status, e.json)).toBe('')
    },
  )
})

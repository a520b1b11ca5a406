import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RestOptions } from './rest-meta.ts'
import { serveRouter, t } from './serve-router.test.support.ts'

const Activation = z.object({ tenant_id: z.string(), name: z.string(), note: z.string().optional() })

function serveActivation(rest: RestOptions, input: z.ZodType = Activation) {
  const activate = t.procedure
    .meta({ openapi: { method: 'POST', path: '/tenants/{tenant_id}' }, rest })
    .input(input)
    .mutation(({ input }) => input)
  return serveRouter(t.router({ activate }))
}

const contradiction = { status: 400, json: { message: 'tenant_id differs between path and body' } }
const missing = (...members: string[]) => ({
  status: 422,
  json: { details: { issues: [{ loc: ['body', ...members] }] } },
})

describe('a member that path and body share', () => {
  it('is taken from the path alone unless the contract says otherwise', async () => {
    await using server = await serveActivation({})
    expect((await server.post('/tenants/a', { name: 'n' })).json).toEqual({ tenant_id: 'a', name: 'n' })
    expect(await server.post('/tenants/a', { tenant_id: 'b', name: 'n' })).toMatchObject(contradiction)
  })

  it('is ignored in the body when the contract repeats nothing', async () => {
    await using server = await serveActivation({ repeatedInBody: [] })
    expect((await server.post('/tenants/a', { tenant_id: 'b', name: 'n' })).json).toEqual({ tenant_id: 'a', name: 'n' })
  })

  it('must be repeated with the same value when the contract repeats it', async () => {
    await using server = await serveActivation({ repeatedInBody: ['tenant_id'] })
    expect(await server.post('/tenants/a', { tenant_id: 'a', name: 'n' })).toMatchObject({ status: 200 })
    expect(await server.post('/tenants/a%20b', { tenant_id: 'a b', name: 'n' })).toMatchObject({ status: 200 })
    for (const id of ['b', 'A', 'a ', '']) {
      expect(await server.post('/tenants/a', { tenant_id: id, name: 'n' })).toMatchObject(contradiction)
    }
  })

  it('is compared only when the body fits otherwise, and is missed in the body', async () => {
    await using server = await serveActivation({ repeatedInBody: ['tenant_id'] })
    expect(await server.post('/tenants/a', { tenant_id: 'b' })).toMatchObject(missing('name'))
    expect(await server.post('/tenants/a', { name: 'n' })).toMatchObject(missing('tenant_id'))
    expect(await server.post('/tenants/a', { tenant_id: 5, name: 'n' })).toMatchObject(missing('tenant_id'))
  })

  it('is compared as well when the input can only be checked by a promise', async () => {
    const input = Activation.refine(async () => true)
    await using server = await serveActivation({ repeatedInBody: ['tenant_id'] }, input)
    expect(await server.post('/tenants/a', { tenant_id: 'a', name: 'n' })).toMatchObject({ status: 200 })
    expect(await server.post('/tenants/a', { tenant_id: 'b', name: 'n' })).toMatchObject(contradiction)
  })
})

describe('a body that is not there', () => {
  const Optional = z.object({ tenant_id: z.string(), note: z.string().optional(), size: z.number().default(1) })

  it('is missed where a member of it is required', async () => {
    await using server = await serveActivation({})
    for (const body of [undefined, '', 'null']) expect(await server.post('/tenants/a', body)).toMatchObject(missing())
  })

  it('is not missed where none is required', async () => {
    await using server = await serveActivation({}, Optional)
    for (const body of [undefined, '', 'null', '{}']) {
      expect(await server.post('/tenants/a', body)).toMatchObject({ status: 200, json: { tenant_id: 'a', size: 1 } })
    }
  })

  it('is missed all the same when the contract requires it', async () => {
    await using server = await serveActivation({ body: 'required' }, Optional)
    for (const body of [undefined, '', 'null']) expect(await server.post('/tenants/a', body)).toMatchObject(missing())
    expect(await server.post('/tenants/a', '{}')).toMatchObject({ status: 200 })
  })

  it('may be left out when the contract says so, and then its members are missed', async () => {
    await using server = await serveActivation({ body: 'optional' })
    expect(await server.post('/tenants/a')).toMatchObject(missing('name'))
  })
})

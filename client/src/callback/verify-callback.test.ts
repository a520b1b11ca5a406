import { signCallback } from '@mt-paas/server'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { verifyCallback } from './verify-callback.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const oldSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
const rawSecret = 'this text is a secret of its own'
const body = '{"success":true,"tenant_id":"한림"}'
const now = new Date('2026-01-31T09:00:00Z')
const signed = (secrets: readonly string[] = [secret], timestamp = now) =>
  signCallback({ id: 'msg_1', timestamp, body, secrets })
const verdict = (headers: object, options: object = { secrets: [secret] }, sent: string | Uint8Array = body) =>
  verifyCallback({ headers: { ...headers }, body: sent }, { now, ...options })

describe('a signed callback', () => {
  it('is accepted, with its id and time', () => {
    expect(verdict(signed())).toEqual({ valid: true, id: 'msg_1', timestamp: now })
    expect(verdict(signed(), undefined, Buffer.from(body))).toMatchObject({ valid: true })
    expect(verdict(signed([rawSecret]), { secrets: [rawSecret] })).toMatchObject({ valid: true })
  })

  it('is accepted while secrets are exchanged, on either side', () => {
    expect(verdict(signed([secret, oldSecret]), { secrets: [oldSecret] })).toMatchObject({ valid: true })
    expect(verdict(signed([oldSecret]), { secrets: [secret, oldSecret] })).toMatchObject({ valid: true })
    expect(verdict(signed([oldSecret]), { secrets: [secret] })).toEqual({ valid: false, reason: 'signature' })
  })

  it('agrees with the library of Standard Webhooks, both ways', () => {
    const current = new Date()
    const ours = signCallback({ id: 'msg_2', timestamp: current, body, secrets: [oldSecret, secret] })
    expect(new Webhook(secret).verify(body, { ...ours })).toEqual(JSON.parse(body))
    const theirs = {
      'webhook-id': 'msg_3',
      'webhook-timestamp': String(Math.floor(current.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_3', current, body),
    }
    expect(verdict(theirs, { secrets: [secret], now: current })).toMatchObject({ valid: true, id: 'msg_3' })
  })

  const changed = {
    'another id': { 'webhook-id': 'msg_2' },
    'another time': { 'webhook-timestamp': '1769850001' },
    'a short signature': { 'webhook-signature': 'v1,AAAA' },
    'a long signature': { 'webhook-signature': `v1,${'A'.repeat(1000)}` },
    'another version': { 'webhook-signature': signed()['webhook-signature'].replace('v1', 'v1a') },
    'a comma instead of a space': { 'webhook-signature': `v1,x,${signed()['webhook-signature']}` },
  }
  it.each(Object.entries(changed))('is refused with %s', (_name, headers) => {
    expect(verdict({ ...signed(), ...headers })).toEqual({ valid: false, reason: 'signature' })
  })

  const missing = {
    'no signature': { 'webhook-signature': undefined },
    'no id': { 'webhook-id': '' },
    'an id with a dot, which moves the border to the time': { 'webhook-id': 'msg_1.1' },
    'two ids': { 'webhook-id': ['msg_1', 'msg_2'] },
    'no time': { 'webhook-timestamp': undefined },
    'a time in words': { 'webhook-timestamp': '1e9' },
    'a negative time': { 'webhook-timestamp': '-1' },
  }
  it.each(Object.entries(missing))('is refused with %s', (_name, headers) => {
    expect(verdict({ ...signed(), ...headers })).toEqual({ valid: false, reason: 'headers' })
  })

  it('is refused with another body', () => {
    expect(verdict(signed(), undefined, `${body} `)).toEqual({ valid: false, reason: 'signature' })
  })

  it.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
  ])('sent %i s from now is accepted: %s', (seconds, valid) => {
    const sent = new Date(now.getTime() + seconds * 1000)
    expect(verdict(signed([secret], sent))).toMatchObject(valid ? { valid } : { valid, reason: 'timestamp' })
  })

  it('may be given another tolerance', () => {
    const sent = new Date(now.getTime() - 10_000)
    expect(verdict(signed([secret], sent), { secrets: [secret], tolerance: 9_000 })).toMatchObject({ valid: false })
    expect(verdict(signed([secret], sent), { secrets: [secret], tolerance: 10_000 })).toMatchObject({ valid: true })
  })
})

describe('the key of a service', () => {
  const keys = { apiKeys: ['old-key', 'new-key'] }

  it.each(['old-key', 'new-key'])('%s is accepted while keys are exchanged', (key) => {
    expect(verdict({ 'x-service-api-key': key }, keys)).toEqual({ valid: true, id: null, timestamp: null })
  })

  it.each(['OLD-KEY', 'old-key ', '', 'old-key,new-key', undefined])('%j is refused', (key) => {
    expect(verdict({ 'x-service-api-key': key }, keys)).toEqual({ valid: false, reason: 'key' })
  })

  it('and a signature must both hold when both are configured', () => {
    const both = { ...keys, secrets: [secret] }
    expect(verdict({ ...signed(), 'x-service-api-key': 'new-key' }, both)).toMatchObject({ valid: true })
    expect(verdict(signed(), both)).toEqual({ valid: false, reason: 'key' })
    expect(verdict({ 'x-service-api-key': 'new-key' }, both)).toEqual({ valid: false, reason: 'headers' })
  })
})

it('nothing is verified with nothing', () => {
  expect(() => verdict(signed(), {})).toThrow(TypeError)
  expect(() => verdict(signed(), { apiKeys: [], secrets: [] })).toThrow(TypeError)
})

it.each(['whsec_', 'whsec_not base64', 'whsec_AAAA', 'short', ''])('%j is no secret, on both sides', (bad) => {
  expect(() => verdict(signed(), { secrets: [bad] })).toThrow(TypeError)
  expect(() => signed([bad])).toThrow(TypeError)
})

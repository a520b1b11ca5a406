import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { signCallback } from './sign-callback.ts'
import { verifyWebhook } from './verify-webhook.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
const now = new Date('2026-01-31T09:00:00Z')
const body = '{"이름":"한림"}'
const headers = { ...signCallback({ id: 'msg_1', timestamp: now, body, secrets: [secret] }) }

describe('verifyWebhook', () => {
  it('takes what the library of Standard Webhooks signs', () => {
    const signature = new Webhook(secret).sign('msg_2', now, body)
    const signed = { 'webhook-id': 'msg_2', 'webhook-timestamp': '1769850000', 'webhook-signature': signature }
    expect(verifyWebhook({ headers: signed, body }, { secrets: [other, secret], now })).toEqual({
      valid: true,
      id: 'msg_2',
      timestamp: now,
    })
  })

  it('takes bytes as well as text', () => {
    expect(verifyWebhook({ headers, body: Buffer.from(body) }, { secrets: [secret], now })).toMatchObject({
      valid: true,
    })
  })

  it.each<[string, Record<string, string | string[] | undefined>, string]>([
    ['a header that is missing', { 'webhook-id': undefined }, 'headers'],
    ['a header that came twice', { 'webhook-id': ['msg_1', 'msg_2'] }, 'headers'],
    ['an id with a dot, which moves the border to the timestamp', { 'webhook-id': 'a.1' }, 'headers'],
    ['a timestamp with a fraction', { 'webhook-timestamp': '1769850000.5' }, 'headers'],
    ['a negative timestamp', { 'webhook-timestamp': '-1' }, 'headers'],
    ['a timestamp in milliseconds', { 'webhook-timestamp': '1769850000000' }, 'headers'],
    ['an old timestamp', { 'webhook-timestamp': '1769849699' }, 'timestamp'],
    ['a timestamp of the future', { 'webhook-timestamp': '1769850301' }, 'timestamp'],
    ['half a signature', { 'webhook-signature': headers['webhook-signature'].slice(0, 20) }, 'signature'],
    [
      'an asymmetric signature',
      { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v1a') },
      'signature',
    ],
    [
      'the good signature behind a hundred others',
      {
        'webhook-signature': `${'v1,AAAA '.repeat(100)}${headers['webhook-signature']}`,
      },
      'signature',
    ],
  ])('refuses %s', (_, change, reason) => {
    const verdict = verifyWebhook({ headers: { ...headers, ...change }, body }, { secrets: [secret], now })
    expect(verdict).toEqual({ valid: false, reason })
  })

  it('lets nothing pass when the clock gives no time', () => {
    const verdict = verifyWebhook({ headers, body }, { secrets: [secret], now: new Date(Number.NaN) })
    expect(verdict).toEqual({ valid: false, reason: 'timestamp' })
  })

  it.each([[[]], [['short']], [[secret, '']]])('does not work with the secrets %j', (secrets) => {
    expect(() => verifyWebhook({ headers, body }, { secrets, now })).toThrow(TypeError)
  })
})

import { parseIntoClientConfig } from 'pg-connection-string'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { OneRoundClient } from './one-round-client.ts'
import { scramAnswer } from './scram-answer.ts'
import { scramVerifier } from './scram-verifier.ts'
import { startTestBed, type TestBed } from './tenant-databases.test.support.ts'

describe('an answer to SCRAM', () => {
  /** The example of RFC 7677. */
  const example = {
    password: 'pencil',
    clientFirst: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
    serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  }

  it('is that of the standard', () => {
    expect(scramAnswer(example, 4096)).toEqual({
      response:
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      serverSignature: '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    })
  })

  it.each([
    ['many rounds', { serverFirst: example.serverFirst.replace('4096', '4097') }],
    ['no rounds', { serverFirst: example.serverFirst.replace('4096', '0') }],
    ['more than is expected', { serverFirst: `${example.serverFirst},m=1` }],
    ["a nonce without the client's", { serverFirst: example.serverFirst.replace('r=rO', 'r=x') }],
    ['a nonce without an addition', { serverFirst: 'r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1' }],
    ['channel binding', { clientFirst: example.clientFirst.replace('n,,', 'y,,') }],
    ['a password of other letters', { password: '비밀번호' }],
    ['no password', { password: '' }],
  ])('is not given to %s', (_what, changed) => {
    expect(scramAnswer({ ...example, ...changed }, 4096)).toBeUndefined()
  })
})

describe('a client for passwords of one round', () => {
  let bed: TestBed

  beforeAll(async () => {
    bed = await startTestBed()
    await bed.query(`create role one_round login password '${scramVerifier('its-password')}'`)
    await bed.query(`set scram_iterations = 4096; create role many_rounds login password 'its-password'`)
  })

  afterAll(() => bed?.server.stop())

  async function login(user: string, password: string) {
    const client = new OneRoundClient({ ...parseIntoClientConfig(bed.server.url), user, password })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ user: string }>('select current_user as user')
    await client.end()
    return rows
  }

  it('computes nothing elsewhere', async () => {
    using derive = vi.spyOn(crypto.subtle, 'deriveBits')
    expect(await login('one_round', 'its-password')).toEqual([{ user: 'one_round' }])
    expect(derive).not.toHaveBeenCalled()
    expect(await login('many_rounds', 'its-password')).toEqual([{ user: 'many_rounds' }])
    expect(derive).toHaveBeenCalledOnce()
  })

  it.each(['one_round', 'many_rounds'])('is refused as %s with another password', async (user) => {
    await expect(login(user, 'another')).rejects.toMatchObject({ code: '28P01' })
  })

  it('refuses a server that does not know the password', async () => {
    class Doubting extends OneRoundClient {
      override async _handleAuthSASLContinue(message: { readonly data: string }): Promise<void> {
        await super._handleAuthSASLContinue(message)
        Object.assign(this.saslSession, { serverSignature: 'another' })
      }
    }
    const client = new Doubting({
      ...parseIntoClientConfig(bed.server.url),
      user: 'one_round',
      password: 'its-password',
    })
    client.on('error', () => undefined)
    await expect(client.connect()).rejects.toThrow('server signature does not match')
    await client.end()
  })
})

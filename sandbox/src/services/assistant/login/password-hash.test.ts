import { describe, expect, it } from 'vitest'
import { hashOfNobody, hashPassword, isPassword } from './password-hash.ts'

describe('the hash of a password', () => {
  it('costs a fraction of a second unless less is asked for, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('비밀번호'), hashPassword('비밀번호')])
    expect([one, other]).toEqual(Array(2).fill(expect.stringMatching(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)))
    expect(one).not.toBe(other)
    expect(await hashPassword('x', { N: 16, r: 1, p: 2 })).toMatch(/^scrypt\$16\$1\$2\$/)
  })

  it('is of this password alone, in whatever form of Unicode it is typed', async () => {
    const hash = await hashPassword('한글'.normalize('NFC'), { N: 16, r: 1, p: 1 })
    expect(await isPassword('한글'.normalize('NFD'), hash)).toBe(true)
    expect(await isPassword('한글 ', hash)).toBe(false)
  })

  it('of nobody costs the same to try, and nothing fits it', async () => {
    expect(hashOfNobody()).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
    expect(hashOfNobody()).not.toBe(hashOfNobody())
    expect(await isPassword('', hashOfNobody({ N: 16, r: 1, p: 1 }))).toBe(false)
  })
})

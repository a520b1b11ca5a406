import { describe, expect, it } from 'vitest'
import { allChecks } from './checks/index.ts'
import { authMutants } from './mutant/auth-mutants.ts'
import { httpMutants } from './mutant/http-mutants.ts'
import { allMutants } from './mutant/index.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'
import { selfTest } from './self-test.ts'

describe('the self-test', () => {
  it('has a mutant for every check, and every mutant names checks that there are', () => {
    const proven = new Set(allMutants.flatMap(({ fails }) => fails))
    const ids = allChecks.map(({ id }) => id)
    expect(ids.filter((id) => !proven.has(id))).toEqual([])
    expect([...proven].filter((id) => !ids.includes(id))).toEqual([])
    expect(allMutants.filter(({ fails }) => fails.length === 0)).toEqual([])
  })

  it('finds a mutant that names a wrong check', { timeout: SELF_TEST_TIMEOUT }, async () => {
    const [mutant] = httpMutants
    if (!mutant) throw new Error('There is no mutant')
    const wrong = { ...mutant, fails: ['http-method'] }
    const { ok, refusedGood, mutants } = await selfTest({ mutants: [wrong] })
    expect([ok, refusedGood]).toEqual([false, []])
    expect(mutants).toEqual([{ id: mutant.id, expected: ['http-method'], failed: ['http-unknown-path'], ok: false }])
  })

  it('shows that services open to strangers fail exactly where they are', { timeout: SELF_TEST_TIMEOUT }, async () => {
    await expectExactFailures(authMutants)
  })
})

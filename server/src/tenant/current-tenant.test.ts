import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { currentTenant, hasFeature, optionalTenant, requireTenant, runWithTenant } from './current-tenant.ts'
import type { TenantContext } from './tenant.ts'

const acme: TenantContext = { id: 'acme', plan: 'basic', features: { rag: true, chat: false } }
const beta: TenantContext = { id: 'beta', plan: 'basic', features: {} }

describe('outside of a tenant', () => {
  it('there is none, and requiring one is refused with 401', () => {
    expect(currentTenant()).toBeUndefined()
    expect(optionalTenant()).toBeUndefined()
    expect(requireTenant).toThrow(
      expect.objectContaining({ error: 'UNAUTHORIZED', status: 401, message: 'Tenant context required' }),
    )
  })

  it('no feature is there', () => {
    expect(hasFeature('rag')).toBe(false)
    expect(hasFeature('rag', acme)).toBe(true)
  })
})

describe('runWithTenant', () => {
  it('gives the tenant to all accessors, and returns what the function does', async () => {
    const run = runWithTenant(acme, async () => {
      await delay(1)
      return [currentTenant(), optionalTenant(), requireTenant()]
    })
    expect(await run).toEqual([acme, acme, acme])
    expect(runWithTenant(acme, () => 7)).toBe(7)
  })

  it('lets errors pass, and ends with the function', () => {
    const run = () =>
      runWithTenant(acme, () => {
        throw new Error('mine')
      })
    expect(run).toThrow('mine')
    expect(currentTenant()).toBeUndefined()
  })

  it('nests, and undefined means none', () => {
    const seen = runWithTenant(acme, () => [
      runWithTenant(beta, currentTenant),
      runWithTenant(undefined, currentTenant),
      currentTenant(),
    ])
    expect(seen).toEqual([beta, undefined, acme])
  })
})

describe('hasFeature', () => {
  it('is true only for features that are on', () => {
    const names = ['rag', 'chat', 'video', 'constructor', '__proto__', 'toString']
    expect(runWithTenant(acme, () => names.filter((name) => hasFeature(name)))).toEqual(['rag'])
  })

  it('asks the tenant that is given before the current one', () => {
    expect(runWithTenant(acme, () => hasFeature('rag', beta))).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { tenantStates } from '../central/tenant-record.ts'
import { allowedTransitions, assertTransition, tenantTransitions, wireState } from './tenant-transitions.ts'

const NOW = new Date('2026-01-31T09:00:00.000Z')
const later = new Date(NOW.getTime() + 1)

const allowed = [
  'pending → provisioning',
  'provisioning → active',
  'active → suspended',
  'active → deleted',
  'suspended → active',
  'suspended → deleted',
  'deleted → active',
  'deleted → purged',
  'purged → pending',
]

describe('the transitions of a tenant', () => {
  it.each(tenantStates.flatMap((from) => tenantStates.map((to) => [from, to] as const)))('%s → %s', (from, to) => {
    const tenant = { id: 't1', status: from, dataRetentionUntil: later }
    const enter = () => assertTransition(tenant, to, NOW)
    if (allowed.includes(`${from} → ${to}`)) return expect(enter).not.toThrow()
    expect(enter).toThrow(
      expect.objectContaining({
        error: 'TRANSITION_REFUSED',
        status: 409,
        details: {
          status: wireState(from),
          to: wireState(to),
          allowed: [...new Set(tenantTransitions[from].map(wireState))],
        },
      }),
    )
  })

  it('leave a deleted tenant only the purge once its data is not kept any more', () => {
    const tenant = { id: 't1', status: 'deleted' } as const
    expect(allowedTransitions({ ...tenant, dataRetentionUntil: later }, NOW)).toEqual(['active', 'purged'])
    expect(allowedTransitions({ ...tenant, dataRetentionUntil: NOW }, NOW)).toEqual(['purged'])
    expect(allowedTransitions({ ...tenant, dataRetentionUntil: null }, NOW)).toEqual(['purged'])
    expect(() => assertTransition({ ...tenant, dataRetentionUntil: null }, 'active', NOW)).toThrow(
      'Tenant t1 is deactivated and cannot become active',
    )
  })

  it('have words of the wire', () => {
    expect(tenantStates.map(wireState)).toEqual([
      'provisioning',
      'provisioning',
      'active',
      'suspended',
      'deactivated',
      'deactivated',
    ])
  })
})

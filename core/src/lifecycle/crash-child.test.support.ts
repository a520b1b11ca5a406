import { flushCompileCache } from 'node:module'
import { openMultiTenant } from '../multi-tenant.ts'
import { addEffects } from './add-effects.test.support.ts'
import { note, profile, tenantSchema } from './lifecycle-bed.test.support.ts'

/** What a process of a crash test is told, as JSON in its first argument. */
export interface CrashChild {
  readonly centralUrl: string
  readonly action: 'activate' | 'delete'
  readonly ids: readonly string[]
  readonly warmDatabases: number
}

const { centralUrl, action, ids, warmDatabases }: CrashChild = JSON.parse(process.argv[2] ?? '{}')

const core = await openMultiTenant({
  ...tenantSchema,
  centralUrl,
  warmDatabases,
  background: false,
  reconcileInterval: 500,
  provision: async (em) => {
    await em.upsert(note, { id: 'seed', text: 'seeded' })
  },
})
addEffects(core)
await core.lifecycle.start()
process.on('message', async () => {
  const outcomes = await Promise.allSettled(
    ids.map((id) =>
      action === 'delete' ? core.lifecycle.delete(id, { hard: true }) : core.lifecycle.activate(profile(id)),
    ),
  )
  process.send?.(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'done' : String(outcome.reason.error))))
})
// A process that is killed does not leave what it compiled to those after it by itself.
flushCompileCache()
process.send?.('ready')

import { type TenantRecord, type TenantState, tenantStates } from '@mt-paas/core'
import { UsageError } from './command/usage-error.ts'
import { tenantDetails } from './tenant-details.ts'
import { tenantList, tenantPage } from './tenant-list.ts'
import { type AdminWork, withMultiTenant } from './with-multi-tenant.ts'

const ORIGIN = { actor: 'command' } as const

/** The commands `mt-paas tenants …`. */
export const tenantActions = {
  list: withMultiTenant(async ({ mt, line, text, print }) => {
    const status = tenantStates.find((state) => state === line.value('status'))
    const [plan, search, after] = [line.value('plan'), line.value('search'), line.value('after')]
    const page = await mt.tenants.page({
      limit: Number(line.value('limit')),
      ...(status && { status }),
      ...(plan !== undefined && { plan }),
      ...(search !== undefined && { search }),
      ...(after !== undefined && { after }),
    })
    print(tenantPage(page), () => tenantList(page, text))
    return 0
  }),
  show: withMultiTenant(async (work) => {
    const { document, table } = await tenantDetails(work, idOf(work))
    work.print(document, () => table)
    return 0
  }),
  create: withMultiTenant(async (work) => {
    const id = idOf(work)
    const { line, mt } = work
    const features = (line.value('features') ?? '').split(',').filter((feature) => feature !== '')
    const contact = { email: line.value('email') ?? '', name: line.value('contact') ?? '' }
    const plan = mt.plans.get(line.value('plan') ?? '').name
    await mt.lifecycle.activate({ id, name: line.value('name') ?? id, plan, features, contact }, ORIGIN)
    return said(work, id, work.text.did.created(id))
  }),
  suspend: withMultiTenant(async (work) => {
    const id = idOf(work)
    await work.mt.lifecycle.suspend(id, { ...ORIGIN, reason: work.line.value('reason') ?? '' })
    return said(work, id, work.text.did.suspended(id))
  }),
  activate: withMultiTenant(async (work) => {
    const id = idOf(work)
    const { lifecycle, tenants } = work.mt
    const { status } = await tenants.get(id)
    const unfinished: ReadonlySet<TenantState> = new Set(['pending', 'provisioning'])
    await (unfinished.has(status) ? lifecycle.provision(id, ORIGIN) : lifecycle.resume(id, ORIGIN))
    return said(work, id, work.text.did.activated(id))
  }),
  delete: withMultiTenant(
    async (work) => {
      const id = idOf(work)
      const { line } = work
      const reason = line.value('reason')
      const { dataRetentionUntil } = await work.mt.lifecycle.delete(id, {
        ...ORIGIN,
        ...(line.has('hard') && { hard: true }),
        ...(reason !== undefined && { reason }),
      })
      const { did } = work.text
      return said(work, id, dataRetentionUntil ? did.deleted(id, day(dataRetentionUntil)) : did.purged(id))
    },
    ({ line, text }) => {
      if (line.has('hard') && !line.has('yes')) throw new UsageError(text.needsYes)
    },
  ),
  move: withMultiTenant(async (work) => {
    const [id = '', server = ''] = work.line.arguments
    const { mt, text, line } = work
    const { dbName: databaseName } = await mt.tenants.get(id)
    const name = { tenantId: id, databaseName }
    await mt.databases.locked(`tenant:${id}`, async () => {
      const before = await mt.databases.move(name, server)
      if (line.has('remove-old') && before !== server) await mt.databases.removeMoved(name, before)
    })
    return said(work, id, text.did.moved(id, server))
  }),
  restore: withMultiTenant(async (work) => {
    const id = idOf(work)
    await work.mt.lifecycle.restore(id, ORIGIN)
    return said(work, id, work.text.did.restored(id))
  }),
} as const

function idOf({ line }: AdminWork): string {
  return line.arguments[0] ?? ''
}

/** What was done; as a document, the tenant as it is now. */
async function said(work: AdminWork, id: string, words: string): Promise<number> {
  const { document } = await tenantDetails(work, id)
  work.print(document, () => `${words}\n`)
  return 0
}

function day(date: NonNullable<TenantRecord['dataRetentionUntil']>): string {
  return date.toISOString().slice(0, 10)
}

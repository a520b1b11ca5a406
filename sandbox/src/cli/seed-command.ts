import { type SeedReport, seedTenant } from '../services/assistant/seed/seed-tenant.ts'
import { UsageError } from './command/usage-error.ts'
import { textTable } from './text-table.ts'
import { withMultiTenant } from './with-multi-tenant.ts'

const MOST_TENANTS = 500

/** `mt-paas seed`: fills a tenant, or every active one, with plausible use. */
export const seedCommand = withMultiTenant(async ({ mt, definition, line, text, print, say, signal, showProgress }) => {
  if (!definition) throw new UsageError(text.notASample)
  const [named] = line.arguments
  const password = line.value('password')
  const { tenants } = await mt.tenants.page({ limit: MOST_TENANTS, status: 'active' })
  const ids = named === undefined ? tenants.map(({ id }) => id) : [named]
  const reports: SeedReport[] = []
  for (const id of ids) {
    signal.throwIfAborted()
    showProgress(`${reports.length}/${ids.length} ${id}`)
    const report = await seedTenant({ definition, multiTenant: mt }, id, {
      days: Number(line.value('days')),
      users: Number(line.value('users')),
      ...(password !== undefined && { password }),
    })
    reports.push(report)
  }
  showProgress('')
  const { columns } = text
  const document = reports.map(({ tenantId, ...counts }) => ({ tenant_id: tenantId, ...counts }))
  print({ tenants: document }, () =>
    textTable(
      [columns.id, columns.users, columns.documents, columns.sessions, columns.messages],
      reports.map(({ tenantId, users, documents, sessions, messages }) => [
        tenantId,
        ...[users, documents, sessions, messages].map(String),
      ]),
    ),
  )
  const messages = reports.reduce((sum, report) => sum + report.messages, 0)
  say(text.did.seeded(reports.filter((report) => report.users + report.messages > 0).length, messages))
  return 0
})

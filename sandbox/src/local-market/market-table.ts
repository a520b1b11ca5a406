import { textTable } from '../cli/text-table.ts'
import type { Dictionary } from '../text/index.ts'
import type { RunningMarket } from './run-local-market.ts'

/** What runs, as tables: services, tenants, and where the page is. */
export function marketTable({ services, tenants, page_url, ready_ms }: RunningMarket, { sandbox }: Dictionary): string {
  const { columns } = sandbox
  const serviceRows = services.map(({ title, url, documentation }) => [title, url, documentation])
  const tenantRows = tenants.map(({ service, tenant_id, tenant_name, plan, users, access_url }) => {
    const title = services.find(({ name }) => name === service)?.title ?? service
    return [title, tenant_id, tenant_name, plan, String(users), access_url]
  })
  return [
    textTable([columns.service, columns.address, columns.documentation], serviceRows),
    textTable(
      [columns.service, columns.tenant, columns.university, columns.plan, columns.users, columns.accessUrl],
      tenantRows,
    ),
    `${sandbox.page}:\n  ${page_url}\n${sandbox.ready((ready_ms / 1_000).toFixed(1))}\n`,
  ].join('')
}

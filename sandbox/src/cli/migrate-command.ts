import type { DriftReport, FleetMigrationReport, FleetPlan, FleetProgress } from '@mt-paas/core'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import { textTable } from './text-table.ts'
import { type AdminWork, withMultiTenant } from './with-multi-tenant.ts'

/** `mt-paas migrate`: 0 when every tenant has the newest schema. */
export const migrateCommand = withMultiTenant((work) => {
  if (work.line.has('drift')) return showDrift(work)
  return work.line.has('dry-run') ? showPlan(work) : migrate(work)
})

async function migrate({ mt, line, text, signal, print, showProgress }: AdminWork): Promise<number> {
  const number = (name: string) => (line.has(name) ? Number(line.value(name)) : undefined)
  const concurrency = number('concurrency')
  const canary = number('canary')
  const maxFailureRate = number('max-failures')
  const report = await mt.fleet.migrate({
    ...(concurrency !== undefined && { concurrency }),
    ...(canary !== undefined && { canary }),
    ...(maxFailureRate !== undefined && { maxFailureRate }),
    signal,
    onProgress: (progress) => showProgress(progressBar(progress, text)),
  })
  showProgress('')
  print(wireReport(report), () => reportText(report, text))
  return report.failed.length + report.busy.length + report.untried === 0 ? 0 : 1
}

async function showPlan({ mt, text, print }: AdminWork): Promise<number> {
  const plan = await mt.fleet.plan()
  print(wirePlan(plan), () => planText(plan, text))
  return 0
}

async function showDrift({ mt, text, print }: AdminWork): Promise<number> {
  const report = await mt.fleet.drift()
  print(wireDrift(report), () => driftText(report, text))
  return report.drifted.length + report.unreadable.length === 0 ? 0 : 1
}

const WIDTH = 30

/** How far it is, on one line. */
function progressBar({ total, migrated, failed, remaining }: FleetProgress, { migration }: AdminDictionary): string {
  const tried = migrated + failed
  const full = total === 0 ? WIDTH : Math.round((tried / total) * WIDTH)
  const time = remaining === undefined ? '' : ` · ${migration.remaining(Math.ceil(remaining / 1_000))}`
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${tried}/${total}${failed > 0 ? ` ✗ ${failed}` : ''}${time}`
}

function reportText(report: FleetMigrationReport, { columns, migration }: AdminDictionary): string {
  if (report.total === 0) return `${migration.upToDate}\n`
  const { failed, busy, stopped, untried, migrated, duration } = report
  const lines = [migration.done(migrated, (duration / 1_000).toFixed(1))]
  if (stopped) lines.push(migration.stopped[stopped](untried))
  if (busy.length > 0) lines.push(migration.busy(busy.join(', ')))
  if (failed.length > 0) lines.push(migration.failed(failed.length))
  const table = textTable(
    [columns.id, columns.reason],
    failed.map(({ tenantId, error }) => [tenantId, error]),
  )
  return `${lines.join('\n')}\n${failed.length > 0 ? table : ''}`
}

function planText({ tenants }: FleetPlan, { columns, migration }: AdminDictionary): string {
  if (tenants.length === 0) return `${migration.upToDate}\n`
  const rows = tenants.map(({ tenantId, schemaVersion, migrations, error }) => [
    tenantId,
    schemaVersion ?? '',
    migrations?.join(', ') ?? migration.unknownVersion,
    error ?? '',
  ])
  const headings = [columns.id, columns.schema, columns.migrations, columns.reason]
  return `${migration.behind(tenants.length)}\n${textTable(headings, rows)}`
}

function driftText({ compared, drifted, unreadable }: DriftReport, { columns, migration }: AdminDictionary): string {
  const rows = drifted.flatMap(({ tenantId, missing, extra }) =>
    Array.from({ length: Math.max(missing.length, extra.length) }, (_, line) => [
      line === 0 ? tenantId : '',
      missing[line] ?? '',
      extra[line] ?? '',
    ]),
  )
  const table = textTable([columns.id, columns.missing, columns.extra], rows)
  const problems = unreadable.map(({ tenantId, error }) => `${migration.unreadable(tenantId, error)}\n`)
  return `${drifted.length === 0 ? `${migration.noDrift(compared - unreadable.length)}\n` : table}${problems.join('')}`
}

function wireReport({ failed, duration, ...report }: FleetMigrationReport) {
  return {
    ...report,
    failed: failed.map(({ tenantId, error }) => ({ tenant_id: tenantId, error })),
    duration_ms: duration,
  }
}

function wirePlan({ version, tenants }: FleetPlan) {
  return {
    version,
    tenants: tenants.map(({ tenantId, databaseName, schemaVersion, migrations, attempts, error }) => ({
      tenant_id: tenantId,
      database: databaseName,
      schema_version: schemaVersion,
      migrations,
      attempts,
      error,
    })),
  }
}

function wireDrift({ version, compared, drifted, unreadable }: DriftReport) {
  return {
    version,
    compared,
    drifted: drifted.map(({ tenantId, ...difference }) => ({ tenant_id: tenantId, ...difference })),
    unreadable: unreadable.map(({ tenantId, error }) => ({ tenant_id: tenantId, error })),
  }
}

import { type Finding, findingKinds, type TreatedFinding } from '@mt-paas/core'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import { textTable } from './text-table.ts'
import { withMultiTenant } from './with-multi-tenant.ts'

/** `mt-paas doctor`: 0 when nothing is wrong, or everything was fixed. */
export const doctorCommand = withMultiTenant(async ({ mt, line, text, print }) => {
  const found = await mt.doctor.examine()
  const findings = line.has('fix') ? await mt.doctor.fix(found) : found
  const left = findings.filter((finding) => !isFixed(finding))
  print({ findings: findings.map(wireFinding) }, () =>
    findings.length === 0 ? `${text.doctor.sound}\n` : table(findings, text),
  )
  return left.length === 0 ? 0 : 1
})

function table(findings: readonly (Finding | TreatedFinding)[], { columns, doctor }: AdminDictionary): string {
  const headings = [columns.problem, columns.database, columns.id, columns.server, columns.treatment, columns.reason]
  const rows = findings.map((finding) => {
    const reason = 'error' in finding && finding.error !== null ? finding.error : finding.detail
    const { kind, name, tenantId, serverId } = finding
    return [doctor.kinds[kind], name, tenantId ?? '', serverId ?? '', treatment(finding, doctor), reason ?? '']
  })
  return textTable(headings, rows)
}

function treatment(finding: Finding | TreatedFinding, doctor: AdminDictionary['doctor']): string {
  if (isFixed(finding)) return doctor.fixed
  if (!findingKinds[finding.kind].fixable) return doctor.byHand
  return 'fixed' in finding ? doctor.notFixed : doctor.canFix
}

function isFixed(finding: Finding | TreatedFinding): boolean {
  return 'fixed' in finding && finding.fixed
}

function wireFinding({ kind, serverId, name, tenantId, detail, ...treated }: Finding | TreatedFinding) {
  return {
    kind,
    server_id: serverId,
    name,
    tenant_id: tenantId,
    detail,
    fixable: findingKinds[kind].fixable,
    ...treated,
  }
}

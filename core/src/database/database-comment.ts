/** What a database of ours is for. */
export interface DatabaseNote {
  readonly kind: 'tenant' | 'warm' | 'template'
  /** Null unless it is a tenant's. */
  readonly tenantId: string | null
  /** The central database it belongs to; null in the form of earlier versions. */
  readonly centralId: string | null
  /** Version of its schema; null in the form of earlier versions. */
  readonly schemaVersion: string | null
  /** When it was made; only templates say. */
  readonly madeAt: Date | null
}

const FORM =
  /^mt-paas (?:tenant (?<tenant>\S+)|(?<kind>warm|template))(?: central (?<central>\S+) schema (?<schema>\S+))?(?: made (?<made>\S+))?$/

/** The comment of a database, which says whose it is to whoever looks at the server. */
export function databaseComment({ kind, tenantId, centralId, schemaVersion, madeAt }: DatabaseNote): string {
  const whose = kind === 'tenant' ? `tenant ${tenantId}` : kind
  const made = madeAt ? ` made ${madeAt.toISOString()}` : ''
  return `mt-paas ${whose} central ${centralId} schema ${schemaVersion}${made}`
}

/** Reads a comment of ours, also in the form of earlier versions, `mt-paas tenant <id>`. */
export function parseDatabaseComment(comment: string | null): DatabaseNote | undefined {
  const groups = FORM.exec(comment ?? '')?.groups
  if (!groups) return undefined
  const { tenant, kind, central, schema, made } = groups
  return {
    kind: kind === 'warm' || kind === 'template' ? kind : 'tenant',
    tenantId: tenant ?? null,
    centralId: central ?? null,
    schemaVersion: schema ?? null,
    madeAt: made ? new Date(made) : null,
  }
}

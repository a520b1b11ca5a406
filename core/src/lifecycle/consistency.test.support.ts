import type { MultiTenant } from '../multi-tenant.ts'
import type { LifecycleBed } from './lifecycle-bed.test.support.ts'

interface Situation {
  readonly id: string
  readonly status: string
  readonly operation: object | null
  readonly needs_attention: boolean
  readonly last_error: string | null
  readonly open: boolean | null
  readonly public_connect: boolean
  readonly trail: readonly (readonly [string | null, string])[]
  readonly events: readonly string[]
  readonly jobs: readonly string[]
}

/** Whether connections are to be allowed; null is no database at all. */
const openness: Readonly<Record<string, boolean | null>> = {
  pending: null,
  active: true,
  suspended: false,
  deleted: true,
  purged: null,
}

/**
 * What is wrong with the tenants of a central database when nothing runs any more: unfinished operations, databases
 * that do not fit the state, trails with gaps, `after` events without their one job, databases of nobody or for all.
 */
export async function inconsistencies(bed: LifecycleBed, { databases }: MultiTenant): Promise<string[]> {
  const situations = await databases.central().execute<Situation[]>(`
    select t.id, t.status, t.operation, t.needs_attention, t.last_error, d.datallowconn as open,
      exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where a.grantee = 0 and a.privilege_type = 'CONNECT') as public_connect,
      (select coalesce(json_agg(json_build_array(e.from_state, e.to_state) order by e.id), '[]')
        from tenant_events e where e.tenant_id = t.id) as trail,
      (select coalesce(json_agg(event->>'id' order by event->>'id'), '[]')
        from tenant_events e, jsonb_array_elements(e.events) event where e.tenant_id = t.id) as events,
      (select coalesce(json_agg(j.id order by j.id::text), '[]')
        from mt_jobs.job j where j.name = 'tenant-lifecycle' and j.data->>'tenantId' = t.id) as jobs
    from tenants t left join pg_database d on d.datname = t.db_name`)
  return [...situations.flatMap(troubleOf), ...(await strays(bed, new Set(situations.map(({ id }) => `tenant_${id}`))))]
}

function troubleOf({ id, status, trail, events, jobs, ...tenant }: Situation): string[] {
  const trouble: string[] = []
  if (tenant.operation || tenant.needs_attention) trouble.push(`is not finished: ${tenant.last_error}`)
  if (tenant.open !== openness[status]) trouble.push(`has a database that is ${tenant.open}`)
  if (tenant.open !== null && tenant.public_connect) trouble.push('has a database for everyone')
  let state: string | null = null
  for (const [from, to] of trail) {
    if (from !== state) trouble.push(`went from ${from} where it was ${state}`)
    state = to
  }
  if (state !== status) trouble.push(`is said to be ${state}`)
  if (events.join() !== jobs.join()) trouble.push(`has ${events.length} events and ${jobs.length} jobs`)
  return trouble.map((text) => `${id} (${status}) ${text}`)
}

/** Databases and roles with a tenant's name and no tenant, and databases that everyone may connect to; what is only tried out is closed. */
async function strays(bed: LifecycleBed, names: ReadonlySet<string>): Promise<string[]> {
  const databases = await bed.query<{ name: string; everyone: boolean }>(`
    select datname as name, (datallowconn or datname like 'tenant\\_%') and exists (select from aclexplode(coalesce(datacl, acldefault('d', datdba))) a
      where a.grantee = 0 and a.privilege_type = 'CONNECT') as everyone
    from pg_database where datname like 'tenant\\_%' or datname like 'mt\\_%'`)
  const roles = await bed.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname like 'tenant\\_%'`,
  )
  const existing = new Set(databases.map(({ name }) => name))
  return [
    ...databases
      .filter(({ name }) => name.startsWith('tenant_') && !names.has(name))
      .map(({ name }) => `${name} is a database of nobody`),
    ...databases.filter(({ everyone }) => everyone).map(({ name }) => `${name} is a database for everyone`),
    ...roles.filter(({ name }) => !existing.has(name)).map(({ name }) => `${name} is a role of nobody`),
  ]
}

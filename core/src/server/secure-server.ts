import type { AdminSession } from '../database/admin-session.ts'
import { sqlState } from '../database/sql-state.ts'
import { ROLE_COMMENT } from '../database/tenant-role.ts'

/** Two sessions changed the rights of one database at the same moment. */
const CONCURRENTLY_UPDATED = 'XX000'

/**
 * Takes the right to connect to the central database from everyone, and to PostgreSQL's own databases as well where no
 * login role but superusers and roles of ours could miss it. Superusers and owners keep it.
 */
export async function secureServer(session: AdminSession): Promise<void> {
  const open = await session.query<{ name: string }>(
    `select datname as name from pg_database
      where has_database_privilege('public', oid, 'CONNECT') and datallowconn
        and (datname = current_database()
          or datname in ('postgres', 'template1') and pg_has_role(current_user, datdba, 'USAGE') and not exists (
            select from pg_roles where rolcanlogin and not rolsuper and rolname <> current_user
              and coalesce(shobj_description(oid, 'pg_authid'), '') not like '${ROLE_COMMENT}%'))`,
  )
  for (const { name } of open) {
    await session
      .query(`revoke connect, temporary on database ${session.identifier(name)} from public`)
      .catch((error) => {
        if (sqlState(error) !== CONCURRENTLY_UPDATED) throw error
      })
  }
}

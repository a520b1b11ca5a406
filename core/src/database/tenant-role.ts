import { ForeignRoleError } from '../error/foreign-database-error.ts'
import type { AdminSession } from './admin-session.ts'
import { scramVerifier } from './scram-verifier.ts'

/** A login role that may use databases of tenants and do nothing else. */
export interface TenantRole {
  readonly name: string
  readonly password: string
  /** Most connections at once, of all processes. */
  readonly connectionLimit: number
}

const COMMENT = 'mt-paas tenant role'

/**
 * Makes the role, or gives the one of an earlier try its password.
 * @throws ForeignRoleError when another role has the name
 */
export function ensureRole(session: AdminSession, { name, password, connectionLimit }: TenantRole): Promise<void> {
  const verifier = session.literal(scramVerifier(password))
  return ensure(session, name, `login nocreatedb nocreaterole connection limit ${connectionLimit} password ${verifier}`)
}

/**
 * Makes a role that only owns things, or leaves it as it is.
 * @throws ForeignRoleError when another role has the name
 */
export function ensureOwner(session: AdminSession, name: string): Promise<void> {
  return ensure(session, name, 'nologin nocreatedb nocreaterole')
}

/** Removes a role of ours, whose databases are gone; none is fine. */
export async function dropRole(session: AdminSession, name: string): Promise<void> {
  const { exists, comment } = await look(session, name)
  if (exists && comment === COMMENT) await session.query(`drop role if exists ${session.identifier(name)}`)
}

async function ensure(session: AdminSession, roleName: string, options: string): Promise<void> {
  const name = session.identifier(roleName)
  const { exists, comment, superuser } = await look(session, roleName)
  if (exists && comment !== COMMENT) throw new ForeignRoleError(roleName)
  if (exists) await session.query(`alter role ${name} ${options}`)
  else await session.run(`create role ${name} ${options}`, `comment on role ${name} is ${session.literal(COMMENT)}`)
  // Only members may give things to a role; a superuser need not be one.
  if (!superuser) await session.query(`grant ${name} to current_user`)
}

interface RoleLook {
  readonly exists: boolean
  readonly comment: string | null
  /** Whether the session itself is a superuser's. */
  readonly superuser: boolean
}

async function look(session: AdminSession, name: string): Promise<RoleLook> {
  const [found] = await session.query<RoleLook>(
    `select found.oid is not null as exists, shobj_description(found.oid, 'pg_authid') as comment, me.rolsuper as superuser
      from pg_roles me left join pg_roles found on found.rolname = $1 where me.rolname = current_user`,
    [name],
  )
  if (!found) throw new Error('The session has no role')
  return found
}

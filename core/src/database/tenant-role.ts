import { escapeLiteral } from 'pg'
import { ForeignRoleError } from '../error/foreign-database-error.ts'
import type { AdminSession } from './admin-session.ts'
import { scramVerifier } from './scram-verifier.ts'

/** A login role that may use databases of tenants and do nothing else. */
export interface TenantRole {
  readonly name: string
  /** The central database it belongs to. */
  readonly centralId: string
  readonly password: string
  /** Most connections at once, of all processes. */
  readonly connectionLimit: number
}

/** A role that is made together with the row of its database, whose name it has. */
export interface NewRole {
  /** What follows the name in `create role`; holds the password's verifier. */
  readonly options: string
  readonly comment: string
}

/** What the comment of every role of ours begins with; that of an earlier version is no longer. */
export const ROLE_COMMENT = 'mt-paas tenant role'

/** Comment of the roles that belong to a central database. */
export function roleComment(centralId: string): string {
  return `${ROLE_COMMENT} central ${centralId}`
}

/**
 * Makes the role, or gives the one of an earlier try its password.
 * @throws ForeignRoleError when another role has the name
 */
export function ensureRole(session: AdminSession, role: TenantRole): Promise<void> {
  return ensure(session, role, { options: loginOptions(role) })
}

/**
 * Makes a role that only owns things, or leaves it as it is.
 * @throws ForeignRoleError when another role has the name
 */
export function ensureOwner(session: AdminSession, role: OwnedRole): Promise<void> {
  return ensure(session, role, { options: 'nologin nocreatedb nocreaterole', isKept: true })
}

/** Removes a role of this central database, whose databases are gone; none is fine. */
export async function dropRole(session: AdminSession, { name, centralId }: OwnedRole): Promise<void> {
  const { exists, comment } = await look(session, name)
  if (exists && isOwn(comment, centralId)) await session.query(`drop role if exists ${session.identifier(name)}`)
}

/** Whether the server has a role of this name, whoever it belongs to. */
export async function isRole(session: AdminSession, name: string): Promise<boolean> {
  return (await look(session, name)).exists
}

/** What the row of a database has to know to make its role. */
export function newRole(role: Omit<TenantRole, 'name'>): NewRole {
  return { options: loginOptions(role), comment: roleComment(role.centralId) }
}

function loginOptions({ password, connectionLimit }: Omit<TenantRole, 'name'>): string {
  const verifier = escapeLiteral(scramVerifier(password))
  return `login nocreatedb nocreaterole connection limit ${connectionLimit} password ${verifier}`
}

type OwnedRole = Pick<TenantRole, 'name' | 'centralId'>

interface WantedRole {
  readonly options: string
  /** Whether one that is there stays as it is. @default false */
  readonly isKept?: boolean
}

async function ensure(session: AdminSession, role: OwnedRole, { options, isKept = false }: WantedRole): Promise<void> {
  const name = session.identifier(role.name)
  const { exists, comment, superuser } = await look(session, role.name)
  if (exists && !isOwn(comment, role.centralId)) throw new ForeignRoleError(role.name)
  if (exists && isKept) return
  await session.run(
    `${exists ? 'alter' : 'create'} role ${name} ${options}`,
    `comment on role ${name} is ${session.literal(roleComment(role.centralId))}`,
    // Only members may give things to a role, or end its sessions; a superuser need not be one.
    ...(superuser ? [] : [`grant ${name} to current_user`]),
  )
}

/** Roles of an earlier version do not say whose they are. */
function isOwn(comment: string | null, centralId: string): boolean {
  return comment === roleComment(centralId) || comment === ROLE_COMMENT
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

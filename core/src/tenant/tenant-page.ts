import { type FilterQuery, raw } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { ApplicationKind } from '@mt-paas/server/contract'
import { type TenantRecord, type TenantState, tenantRecord } from '../central/tenant-record.ts'
import { InvalidCursorError, InvalidPageSizeError } from '../error/plan-errors.ts'
import { startOfDay } from './utc-day.ts'

/** Which tenants a page has; filters that are left out let every tenant pass. */
export interface TenantPageOptions {
  /** Any of these states. @default all */
  readonly status?: TenantState | readonly TenantState[]
  /** @default all */
  readonly plan?: string
  /** What was applied for; tenants that no application made have no kind. @default all */
  readonly kind?: ApplicationKind
  /** Text inside of the id, the name or an e-mail, in any case. @default all */
  readonly search?: string
  /** Most entries of the page, 1 to 500. @default 50 */
  readonly limit?: number
  /** `next` of the page before. @default the first page */
  readonly after?: string | null
}

/** Tenants, oldest first. */
export interface TenantPage {
  readonly tenants: readonly TenantRecord[]
  /** How many pass the filters, on all pages. */
  readonly total: number
  /** What the next page is asked for with; null on the last one. Opaque. */
  readonly next: string | null
}

const MOST = 500

/**
 * One page of tenants. Paging by key: a tenant that comes or goes meanwhile moves no other to another page.
 * @throws InvalidCursorError, InvalidPageSizeError
 */
export async function readTenantPage(em: EntityManager, options: TenantPageOptions = {}): Promise<TenantPage> {
  const { limit = 50, after = null } = options
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new InvalidPageSizeError(MOST)
  const page = await em.findByCursor(tenantRecord, {
    where: filterOf(options),
    orderBy: { createdAt: 'asc', id: 'asc' },
    first: limit,
    ...(after !== null && { after: readCursor(after) }),
  })
  const last = page.items.at(-1)
  return { tenants: page.items, total: page.totalCount, next: page.hasNextPage && last ? writeCursor(last) : null }
}

function filterOf({ status, plan, kind, search = '' }: TenantPageOptions): FilterQuery<TenantRecord> {
  const states = typeof status === 'string' ? [status] : status
  return {
    $and: [
      ...(states ? [{ status: { $in: [...states] } }] : []),
      ...(plan === undefined ? [] : [{ plan }]),
      ...(kind === undefined ? [] : [{ applicationKind: kind }]),
      ...(search === '' ? [] : [searchFilter(search)]),
    ],
  }
}

/** A text composed in another way is the same text: 한 is one character or three. */
function searchFilter(search: string): FilterQuery<TenantRecord> {
  const text = search
    .normalize('NFC')
    .replaceAll('\0', '')
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
  const columns = ['id', 'name', 'contact_email', 'applicant_email']
  return {
    $or: columns.map((column) => ({ [raw((alias) => `normalize(${alias}.${column})`)]: { $ilike: `%${text}%` } })),
  }
}

type CursorPlace = Pick<TenantRecord, 'createdAt' | 'id'>

function writeCursor({ createdAt, id }: CursorPlace): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')
}

function readCursor(cursor: string): CursorPlace {
  const [moment, id] = cursorMembers(cursor)
  const createdAt = typeof moment === 'string' ? new Date(moment) : startOfDay('')
  if (Number.isNaN(createdAt.getTime()) || typeof id !== 'string') throw new InvalidCursorError()
  if (writeCursor({ createdAt, id }) !== cursor) throw new InvalidCursorError()
  return { createdAt, id }
}

function cursorMembers(cursor: string): readonly unknown[] {
  try {
    const members: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(members) ? members : []
  } catch {
    return []
  }
}

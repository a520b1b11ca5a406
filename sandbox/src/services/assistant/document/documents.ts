import { assertStorable, type EntityManager } from '@mt-paas/core'
import { ResourceNotFoundError } from '@mt-paas/server'
import type { AssistantParts } from '../assistant-parts.ts'
import { wireTime } from '../procedure/wire-time.ts'
import { recordStorage } from '../usage/record-storage.ts'
import { insertDocuments } from './insert-documents.ts'

/** A document as the API lists it. */
export interface DocumentView {
  readonly document_id: string
  readonly title: string
  readonly bytes: number
  readonly created_by: string | null
  readonly created_at: string
}

/** A text that somebody uploads. */
export interface Upload {
  readonly title: string
  readonly content: string
  readonly userId: string
}

/** The tenant whose documents they are. */
export interface DocumentsOf {
  readonly parts: Pick<AssistantParts, 'mt' | 'now' | 'newId'>
  readonly tenantId: string
  readonly em: EntityManager
}

const MEGABYTE = 1_048_576

/**
 * Stores a text for answers to be looked up in.
 * @throws QuotaExceededError for a size that the plan does not hold; StandardApiError 422
 */
export async function addDocument({ parts, tenantId, em }: DocumentsOf, upload: Upload): Promise<DocumentView> {
  assertStorable({ title: upload.title, content: upload.content })
  const { mt, now, newId } = parts
  const bytes = Buffer.byteLength(upload.content)
  await mt.quota.assertHeld({ tenantId, limit: 'maxFileSizeMb', value: bytes / MEGABYTE })
  const { userId: createdBy, ...text } = upload
  const added = { ...text, id: `document_${newId()}`, createdBy, createdAt: now() }
  await em.transactional(async (transaction) => {
    await transaction.execute(`select pg_advisory_xact_lock(hashtext('documents'))`)
    const stored = await storedBytes(transaction)
    await mt.quota.assertHeld({ tenantId, limit: 'maxStorageMb', value: (stored + bytes) / MEGABYTE })
    await insertDocuments(transaction, [added])
  })
  await recordStorage(em, { usage: mt.usage, tenantId }, [now()])
  return {
    document_id: added.id,
    title: added.title,
    bytes,
    created_by: createdBy,
    created_at: wireTime(added.createdAt),
  }
}

/** The documents of a tenant, newest first. */
export async function listDocuments(
  em: EntityManager,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly documents: readonly DocumentView[] }> {
  const [counted] = await em.execute<{ total: string }[]>('select count(*) as total from documents')
  const rows = await em.execute<(Omit<DocumentView, 'created_at'> & { created_at: Date })[]>(
    `select id as document_id, title, bytes, created_by, created_at from documents
      order by created_at desc, id limit ? offset ?`,
    [limit, offset],
  )
  const documents = rows.map((row) => ({ ...row, created_at: wireTime(new Date(row.created_at)) }))
  return { total: Number(counted?.total ?? 0), documents }
}

/** @throws ResourceNotFoundError */
export async function deleteDocument({ parts, tenantId, em }: DocumentsOf, id: string): Promise<void> {
  const removed = await em.execute<object[]>('delete from documents where id = ? returning id', [id])
  if (removed.length === 0) throw new ResourceNotFoundError(id)
  await recordStorage(em, { usage: parts.mt.usage, tenantId }, [parts.now()])
}

async function storedBytes(em: EntityManager): Promise<number> {
  const [stored] = await em.execute<{ bytes: string }[]>('select coalesce(sum(bytes), 0) as bytes from documents')
  return Number(stored?.bytes ?? 0)
}

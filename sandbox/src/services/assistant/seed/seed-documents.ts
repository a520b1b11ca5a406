import type { SampleContent } from '../assistant-definition.ts'
import type { NewDocument } from '../document/insert-documents.ts'

/** When documents come, and from whom. */
export interface SeedDocumentsOptions {
  /** The last one first. */
  readonly days: readonly Date[]
  readonly createdBy: string | null
}

const UPLOAD_HOUR = 1

/** The documents of a service, most of them from the first day, some from later. */
export function seedDocuments({ documents }: SampleContent, { days, createdBy }: SeedDocumentsOptions): NewDocument[] {
  return documents.map((document, index) => {
    const later = Math.max(0, index - documents.length + 3) * 5
    const day = days[Math.max(0, days.length - 1 - later)] ?? new Date(0)
    const createdAt = new Date(day)
    createdAt.setUTCHours(0, UPLOAD_HOUR * 10 + index, 0, 0)
    return { ...document, id: `seed_document_${String(index + 1).padStart(2, '0')}`, createdBy, createdAt }
  })
}

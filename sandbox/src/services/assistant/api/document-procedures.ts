import { z } from 'zod'
import { addDocument, deleteDocument, listDocuments } from '../document/documents.ts'
import { administratorAt, memberAt } from './assistant-procedure.ts'

const Upload = z.object({
  title: z.string().trim().min(1).max(200),
  content: z.string().refine((text) => text.trim() !== '', 'Must not be empty'),
})
const Page = z.object({
  limit: z.coerce.number<number>().int().min(1).max(500).default(50),
  offset: z.coerce.number<number>().int().min(0).max(1_000_000).default(0),
})

/** The texts that answers are looked up in; administrators change them. */
export const documentProcedures = {
  listDocuments: memberAt('GET', '/documents')
    .input(Page)
    .query(({ ctx: { member }, input }) => listDocuments(member.em, input)),
  addDocument: administratorAt('POST', '/documents', 201)
    .input(Upload)
    .mutation(async ({ ctx: { member, parts }, input }) => ({
      success: true,
      ...(await addDocument({ ...member, parts }, { ...input, userId: member.userId })),
    })),
  deleteDocument: administratorAt('DELETE', '/documents/{document_id}')
    .input(z.object({ document_id: z.string().max(200) }))
    .mutation(async ({ ctx: { member, parts }, input: { document_id } }) => {
      await deleteDocument({ ...member, parts }, document_id)
      return { success: true, document_id }
    }),
}

import { defineEntity, p } from '@mt-paas/core'
import { user } from './user.ts'

/** A text that answers are looked up in. */
export const document = defineEntity({
  name: 'Document',
  tableName: 'documents',
  properties: {
    id: p.text().primary(),
    title: p.text(),
    content: p.text(),
    createdBy: () => p.manyToOne(user).ref().fieldName('created_by').nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime().nullable(),
  },
})

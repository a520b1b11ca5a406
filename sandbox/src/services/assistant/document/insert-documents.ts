import type { EntityManager } from '@mt-paas/core'
import { splitPassages } from './split-passages.ts'

/** A document to be stored. */
export interface NewDocument {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly createdBy: string | null
  readonly createdAt: Date
}

/** Stores documents with the passages that answers are looked up in; those whose ids are there stay as they are. */
export async function insertDocuments(em: EntityManager, documents: readonly NewDocument[]): Promise<void> {
  const rows = documents.map(({ id, title, content, createdBy, createdAt }) => ({
    id,
    title,
    content,
    created_by: createdBy,
    created_at: createdAt.toISOString(),
    passages: splitPassages(content),
  }))
  await em.execute(
    `with given as (
      select * from jsonb_to_recordset(?::jsonb)
        as g(id text, title text, content text, created_by text, created_at timestamptz, passages jsonb)
    ),
    added as (
      insert into documents (id, title, content, created_by, created_at)
      select id, title, content, created_by, created_at from given on conflict (id) do nothing returning id
    )
    insert into passages (document_id, position, content, search)
    select g.id, p.position, p.content,
      setweight(to_tsvector('english', g.title), 'A') || setweight(to_tsvector('english', p.content), 'B')
    from given g join added using (id), jsonb_array_elements_text(g.passages) with ordinality as p(content, position)`,
    [JSON.stringify(rows)],
  )
}

import type { EntityManager } from '@mt-paas/core'
import { searchTerms } from './search-terms.ts'

/** Part of a document that may answer a question. */
export interface Passage {
  readonly documentId: string
  readonly title: string
  readonly content: string
}

/** How many passages answer a question at most. */
const MOST = 3

/**
 * The passages that fit a question best: those with most of its words, then by rank. Passages that have less than a
 * third of the words are none.
 */
export async function searchPassages(em: EntityManager, question: string): Promise<readonly Passage[]> {
  const terms = searchTerms(question)
  if (terms.length === 0) return []
  return em.execute<Passage[]>(
    `with asked as (
      select query from (select to_tsquery('english', term) as query from jsonb_array_elements_text(?::jsonb) as term) as q
      where numnode(query) > 0
    ),
    whole as (
      select string_agg('(' || query::text || ')', ' | ')::tsquery as query, count(*) as words from asked
    ),
    found as (
      select p.*, ts_rank(p.search, whole.query, 1) as rank, whole.words,
        (select count(*) from asked where p.search @@ asked.query) as covered
      from whole join passages p on p.search @@ whole.query
    )
    select d.id as "documentId", d.title, found.content
    from found join documents d on d.id = found.document_id
    where found.covered * 3 >= found.words
    order by found.covered desc, found.rank desc, d.id, found.position
    limit ${MOST}`,
    [JSON.stringify(terms)],
  )
}

import { z } from 'zod'
import { requestInteger } from './scalar.ts'

/** Query members of a list: how many entries, and how many to pass over. */
export const Page = z.object({
  limit: requestInteger({ min: 1, max: 100 }).default(20),
  offset: requestInteger({ min: 0 }).default(0),
})
export type Page = z.infer<typeof Page>

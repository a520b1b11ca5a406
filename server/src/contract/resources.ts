import { z } from 'zod'
import { TenantId } from './id.ts'
import { Page } from './page.ts'
import { integer } from './scalar.ts'

/** Kinds of things a service keeps for a tenant. */
export const ResourceType = z.enum(['course', 'discussion', 'document', 'session']).meta({ id: 'ResourceType' })
export type ResourceType = z.infer<typeof ResourceType>

const tally = integer.nullable().default(null)

/** Counts of a resource; null where the kind has none. */
export const ResourceStats = z.object({
  participants: tally,
  discussions: tally,
  documents: tally,
  messages: tally,
})
export type ResourceStats = z.infer<typeof ResourceStats>

/** A course, discussion, document or session. Open: a service may add members. */
export const ResourceItem = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    type: ResourceType,
    created_by: z.string().nullable().default(null),
    created_at: z.string(),
    updated_at: z.string().nullable().default(null),
    stats: ResourceStats.nullable().default(null),
  })
  .meta({ id: 'ResourceItem' })
export type ResourceItem = z.infer<typeof ResourceItem>

/** Input of `listResources`; `search` looks into the title. */
export const ListResourcesInput = z.object({
  tenant_id: TenantId,
  type: ResourceType.optional(),
  search: z.string().optional(),
  ...Page.shape,
})
export type ListResourcesInput = z.infer<typeof ListResourcesInput>

/** Answer of `listResources`; `resource_type` is the filter used. Unlike users, the page is not repeated. */
export const ResourcesResponse = z
  .object({
    tenant_id: z.string(),
    resource_type: z.string().nullable().default(null),
    total: integer,
    items: z.array(ResourceItem).default([]),
  })
  .meta({ id: 'ResourcesResponse' })
export type ResourcesResponse = z.infer<typeof ResourcesResponse>

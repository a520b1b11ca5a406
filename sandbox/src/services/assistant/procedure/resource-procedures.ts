import type { StandardHandler } from '@mt-paas/server'
import type { ResourceType } from '@mt-paas/server/contract'
import { type AssistantParts, openTenant } from '../assistant-parts.ts'
import { wireTime } from './wire-time.ts'

interface ResourceRow {
  readonly id: string
  readonly title: string
  readonly type: ResourceType
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly updatedAt: Date | null
  readonly messages: string | null
}

/** An assistant has documents and sessions; it has neither courses nor discussions. */
const RESOURCES_SQL = `
  with resources as (
    select id, title, 'document' as type, created_by as "createdBy", created_at as "createdAt",
      updated_at as "updatedAt", null::bigint as messages
    from documents
    union all
    select s.id, s.title, 'session', s.user_id, s.started_at, null,
      (select count(*) from messages m where m.session_id = s.id)
    from sessions s
  ),
  found as (
    select * from resources
    where (?::text is null or type = ?) and position(lower(?) in lower(title)) > 0
  )`

/** What the tenant keeps in the service, newest first. */
export function resourceProcedures(parts: AssistantParts): Required<Pick<StandardHandler, 'listResources'>> {
  return {
    async listResources({ input }) {
      const em = await openTenant(parts, input)
      const { tenant_id, type = null, search = '', limit, offset } = input
      const filter = [type, type, search]
      const counted = await em.execute<{ total: string }[]>(
        `${RESOURCES_SQL} select count(*) as total from found`,
        filter,
      )
      const rows = await em.execute<ResourceRow[]>(
        `${RESOURCES_SQL} select * from found order by "createdAt" desc, id limit ? offset ?`,
        [...filter, limit, Math.min(offset, Number.MAX_SAFE_INTEGER)],
      )
      return { tenant_id, resource_type: type, total: Number(counted[0]?.total ?? 0), items: rows.map(resourceItem) }
    },
  }
}

function resourceItem({ id, title, type, createdBy, createdAt, updatedAt, messages }: ResourceRow) {
  return {
    id,
    title,
    type,
    created_by: createdBy,
    created_at: wireTime(new Date(createdAt)),
    updated_at: updatedAt ? wireTime(new Date(updatedAt)) : null,
    stats: messages === null ? null : { messages: Number(messages) },
  }
}

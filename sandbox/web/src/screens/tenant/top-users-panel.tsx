import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import type { TenantPartProps } from './tenant.ts'
import { tenantText } from './tenant-text.ts'

interface TopUsersPanelProps extends TenantPartProps {
  readonly period: string
}

const SHOWN = 10

/** Who uses the service most. */
export function TopUsersPanel({ tenant, period }: TopUsersPanelProps) {
  const text = useText(tenantText)
  const { columns } = text
  const format = useFormat()
  const query = useQuery({
    ...useApi().tenant.topUsers.query({ ...tenant, period, limit: SHOWN }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={query} height={240}>
      {({ users }) => (
        <TablePanel
          title={text.topUsers}
          file={`top-users-${tenant.tenant_id}-${period}`}
          rows={users}
          keyOf={({ user_id }) => user_id}
          empty={<EmptyState icon="user" title={text.noActivity} hint={text.noActivityHint} />}
          columns={[
            { key: 'name', head: columns.name, cell: ({ name }) => name, value: ({ name }) => name },
            {
              key: 'email',
              head: columns.email,
              cell: ({ email }) => <span className="muted">{email}</span>,
              value: ({ email }) => email,
              priority: 1,
            },
            {
              key: 'sessions',
              head: columns.sessions,
              align: 'end',
              cell: ({ sessions }) => format.number(sessions),
              value: ({ sessions }) => sessions,
              priority: 1,
            },
            {
              key: 'messages',
              head: columns.messages,
              align: 'end',
              cell: ({ messages }) => format.number(messages),
              value: ({ messages }) => messages,
            },
            {
              key: 'tokens',
              head: columns.tokens,
              align: 'end',
              cell: ({ tokens }) => format.number(tokens),
              value: ({ tokens }) => tokens,
            },
            {
              key: 'last',
              head: columns.lastActive,
              align: 'end',
              cell: ({ last_active }) => <time dateTime={last_active}>{format.dateTime(last_active)}</time>,
              value: ({ last_active }) => last_active,
              priority: 2,
            },
          ]}
        />
      )}
    </Loaded>
  )
}

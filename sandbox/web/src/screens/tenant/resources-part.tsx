import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Pager } from '../../ui/pager.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { TablePanel } from '../../ui/table-panel.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { offsetOf } from './offset-of.ts'
import type { TenantPartProps } from './tenant.ts'
import { tenantText } from './tenant-text.ts'

const types = ['course', 'discussion', 'document', 'session'] as const
const LIMIT = 20

/** What a service keeps for a tenant. */
export function ResourcesPart({ tenant }: TenantPartProps) {
  const text = useText(tenantText).resources
  const { columns } = text
  const format = useFormat()
  const [address, change] = useAddressState()
  const type = oneOf(types, address.get('type'))
  const search = address.get('search') ?? undefined
  const offset = offsetOf(address)
  const query = useQuery({
    ...useApi().tenant.resources.query({ ...tenant, type, search, limit: LIMIT, offset }),
    placeholderData: keepPreviousData,
  })
  const isFiltered = type !== undefined || search !== undefined
  const day = (at: string | null | undefined) => (at == null ? '–' : <time dateTime={at}>{format.date(at)}</time>)
  return (
    <div className="stack">
      <search className="filters">
        <SearchField
          label={text.search}
          value={search ?? ''}
          onSearch={(value) => change({ search: value, offset: undefined })}
        />
        <Field label={text.type}>
          {(control) => (
            <Select
              {...control}
              value={type ?? ''}
              choices={[{ value: '', label: text.all }, ...types.map((value) => ({ value, label: text.types[value] }))]}
              onChoose={(value) => change({ type: value, offset: undefined })}
            />
          )}
        </Field>
      </search>
      <Loaded query={query} height={320}>
        {({ items, total }) => (
          <TablePanel
            title={text.title}
            file={`resources-${tenant.tenant_id}`}
            rows={items}
            keyOf={({ id }) => id}
            empty={
              isFiltered ? (
                <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
              ) : (
                <EmptyState icon="applications" title={text.empty} />
              )
            }
            columns={[
              { key: 'title', head: columns.title, cell: ({ title }) => title, value: ({ title }) => title },
              {
                key: 'type',
                head: columns.type,
                cell: (item) => (
                  <Badge tone="idle" icon="applications">
                    {text.types[item.type]}
                  </Badge>
                ),
                value: (item) => item.type,
              },
              {
                key: 'by',
                head: columns.by,
                cell: ({ created_by }) => created_by ?? '–',
                value: ({ created_by }) => created_by,
                priority: 1,
              },
              {
                key: 'messages',
                head: columns.messages,
                align: 'end',
                cell: ({ stats }) => (stats?.messages == null ? '–' : format.number(stats.messages)),
                value: ({ stats }) => stats?.messages,
                priority: 2,
              },
              {
                key: 'created',
                head: columns.created,
                cell: ({ created_at }) => day(created_at),
                value: ({ created_at }) => created_at,
                priority: 1,
              },
              {
                key: 'updated',
                head: columns.updated,
                cell: ({ updated_at }) => day(updated_at),
                value: ({ updated_at }) => updated_at,
                priority: 2,
              },
            ]}
          >
            <Pager
              offset={offset}
              limit={LIMIT}
              total={total}
              onMove={(next) => change({ offset: next === 0 ? undefined : String(next) })}
            />
          </TablePanel>
        )}
      </Loaded>
    </div>
  )
}

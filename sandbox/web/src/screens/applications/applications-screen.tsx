import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { useFormat } from '../../text/format.ts'
import { keysOf } from '../../text/keys-of.ts'
import { useText } from '../../text/use-text.ts'
import { wordText } from '../../text/word-text.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterSelect, SearchInput } from '../../ui/field.tsx'
import { ErrorState, LoadingState } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { applicationText } from './application-text.ts'
import { ApplyButton } from './apply-button.tsx'
import { MarketStateBadge } from './market-state-badge.tsx'

const PAGE = 50
const kinds = ['demo', 'service'] as const

/** Who applied for what, and what came of it. */
export function ApplicationsScreen() {
  const text = useText(applicationText)
  const words = useText(wordText)
  const format = useFormat()
  const api = useApi()
  const [address, change] = useAddressState()
  const state = oneOf(keysOf(text.states), address.get('state'))
  const kind = oneOf(kinds, address.get('kind'))
  const given = address.get('search') ?? ''
  const search = useDelayed(given, (value) => change({ search: value }))
  const filter = { ...(state && { state }), ...(kind && { kind }), ...(given && { text: given }), limit: PAGE }
  const list = useInfiniteQuery({
    queryKey: [...api.market.listApplications.key(), filter],
    queryFn: ({ pageParam }) =>
      api.market.listApplications.fetch({ ...filter, ...(pageParam > 0 && { before: pageParam }) }),
    initialPageParam: 0,
    getNextPageParam: ({ applications }) => (applications.length < PAGE ? undefined : applications.at(-1)?.id),
  })
  const rows = list.data?.pages.flatMap(({ applications }) => applications) ?? []
  const total = list.data?.pages[0]?.total
  const any = { value: '', label: text.any }
  const isFiltered = state !== undefined || kind !== undefined || given !== ''
  return (
    <>
      <PageHeader
        title={text.title}
        beside={total !== undefined && <span className="muted">{text.count(format.number(total))}</span>}
        actions={<ApplyButton />}
      />
      <search className="filters" aria-label={text.filters}>
        <SearchInput label={text.search} value={search.value} onSearch={search.set} />
        <FilterSelect
          label={text.state}
          value={state ?? ''}
          choices={[any, ...keysOf(text.states).map((value) => ({ value, label: text.states[value] }))]}
          onChoose={(value) => change({ state: value })}
        />
        <FilterSelect
          label={text.kind}
          value={kind ?? ''}
          choices={[any, ...kinds.map((value) => ({ value, label: words.kinds[value] }))]}
          onChoose={(value) => change({ kind: value })}
        />
      </search>
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingState height={480} />}
      {list.isSuccess && rows.length === 0 && (
        <div className="panel">
          <EmptyState
            icon="applications"
            title={isFiltered ? text.noMatch : text.empty}
            hint={isFiltered ? undefined : text.emptyHint}
          />
        </div>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable
            caption={text.caption}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                key: 'id',
                head: text.columns.id,
                cell: ({ id }) => (
                  <Link className="row-link" href={`/applications/${id}`}>
                    #{id}
                  </Link>
                ),
              },
              { key: 'state', head: text.columns.state, cell: (row) => <MarketStateBadge state={row.state} /> },
              { key: 'university', head: text.columns.university, cell: ({ applicant }) => applicant.university_name },
              { key: 'applicant', head: text.columns.applicant, priority: 2, cell: ({ applicant }) => applicant.name },
              { key: 'service', head: text.columns.service, priority: 1, cell: ({ service }) => service.slug },
              { key: 'kind', head: text.columns.kind, priority: 1, cell: (row) => words.kinds[row.kind] },
              {
                key: 'tenant',
                head: text.columns.tenant,
                priority: 1,
                cell: ({ tenant_id: id }) => (id === null ? '–' : <span className="mono">{id}</span>),
              },
              {
                key: 'made',
                head: text.columns.made,
                priority: 1,
                align: 'end',
                cell: ({ created_at: at }) => <time dateTime={at}>{format.dateTime(at)}</time>,
              },
            ]}
          />
          {list.hasNextPage && (
            <p className="table-more">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {text.more}
              </Button>
            </p>
          )}
        </div>
      )}
    </>
  )
}

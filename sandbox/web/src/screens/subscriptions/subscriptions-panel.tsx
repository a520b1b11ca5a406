import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import type { Inputs, Outputs } from '../../api/router.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { actionText } from '../../ui/action-text.ts'
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState, LoadingState } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SubscriptionBadge } from './subscription-badge.tsx'
import { SubscriptionDialog } from './subscription-dialog.tsx'
import { subscriptionsText } from './subscriptions-text.ts'
import { tenantPath } from './tenant-path.ts'

type Filter = Pick<Inputs['market']['listSubscriptions'], 'service' | 'status' | 'text'>
type Subscription = Outputs['market']['getSubscription']

const PAGE = 50

/** Subscriptions that a filter lets through, and what can be done with each. */
export function SubscriptionsPanel({ filter }: { readonly filter: Filter }) {
  const text = useText(subscriptionsText)
  const { more } = useText(actionText)
  const format = useFormat()
  const { market } = useApi()
  const [chosen, setChosen] = useState<number | null>(null)
  const query = useInfiniteQuery({
    queryKey: [...market.listSubscriptions.key(), filter],
    queryFn: ({ pageParam }) =>
      market.listSubscriptions.fetch({ ...filter, limit: PAGE, ...(pageParam !== null && { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ subscriptions }) => (subscriptions.length < PAGE ? null : (subscriptions.at(-1)?.id ?? null)),
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.pages.flatMap(({ subscriptions }) => subscriptions) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  const note = rows.length < total ? text.shown(format.number(rows.length), format.number(total)) : undefined
  return (
    <Panel title={text.title} note={note} flush>
      {query.isPending && <LoadingState />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <NoSubscription isFiltered={isFiltered(filter)} />}
      {rows.length > 0 && <SubscriptionTable rows={rows} onManage={setChosen} isOfOne={filter.service !== undefined} />}
      {query.hasNextPage && (
        <p className="panel-more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {more}
          </Button>
        </p>
      )}
      {chosen !== null && <SubscriptionDialog id={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  )
}

function isFiltered({ status, text }: Filter): boolean {
  return status !== undefined || text !== undefined
}

function NoSubscription({ isFiltered: hasFilter }: { readonly isFiltered: boolean }) {
  const text = useText(subscriptionsText)
  if (hasFilter) return <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
  const action = <ButtonLink to="/applications">{text.toApplications}</ButtonLink>
  return <EmptyState icon="tenant" title={text.emptyTitle} hint={text.emptyHint} action={action} />
}

interface SubscriptionTableProps {
  readonly rows: readonly Subscription[]
  readonly onManage: (id: number) => void
  /** All are of one service. */
  readonly isOfOne: boolean
}

function SubscriptionTable({ rows, onManage, isOfOne }: SubscriptionTableProps) {
  const text = useText(subscriptionsText)
  const format = useFormat()
  const language = usePreference('language')
  const service: Column<Subscription> = {
    key: 'service',
    head: text.columns.service,
    cell: ({ service_title }) => service_title[language],
    priority: 1,
  }
  const columns: readonly Column<Subscription>[] = [
    {
      key: 'tenant',
      head: text.columns.tenant,
      cell: (row) => (
        <Link className="row-link mono" href={tenantPath(row)}>
          {row.tenant_id}
        </Link>
      ),
    },
    {
      key: 'university',
      head: text.columns.university,
      cell: ({ account }) => account.university,
      priority: 1,
    },
    ...(isOfOne ? [] : [service]),
    { key: 'plan', head: text.columns.plan, cell: ({ plan }) => plan, priority: 2 },
    { key: 'status', head: text.columns.status, cell: ({ status }) => <SubscriptionBadge status={status} /> },
    {
      key: 'end',
      head: text.columns.end,
      cell: ({ end_date }) => <time dateTime={end_date}>{format.date(end_date)}</time>,
      priority: 2,
    },
    {
      key: 'actions',
      head: <span className="visually-hidden">{text.columns.actions}</span>,
      align: 'end',
      cell: ({ id, tenant_id }) => (
        <IconButton icon="more" label={text.manage(tenant_id)} onClick={() => onManage(id)} />
      ),
    },
  ]
  return <DataTable caption={text.title} rows={rows} keyOf={({ id }) => id} columns={columns} />
}

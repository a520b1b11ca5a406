import { useCallback, useState } from 'react'
import { useFormat } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState, LoadingState } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { deliveriesText } from './deliveries-text.ts'
import { DeliveryFilters } from './delivery-filters.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { ReplayAll } from './replay-all.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useDeliveryColumns } from './use-delivery-columns.tsx'
import { useDeliveryFilter } from './use-delivery-filter.ts'
import { useDeliveryLog } from './use-delivery-log.ts'
import './deliveries.css'

/** The log of deliveries. */
export function DeliveriesScreen() {
  const text = useText(deliveriesText)
  const format = useFormat()
  const { filter, isFiltered, change, clear } = useDeliveryFilter()
  const { rows, total, isLoading, error, loadMore } = useDeliveryLog(filter)
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set())
  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  const columns = useDeliveryColumns({ selected, toggle })
  const actions = (
    <>
      <ReplayAll filter={filter} total={total ?? 0} />
      <ExportButtons filter={filter} />
    </>
  )
  const empty = isFiltered ? (
    <EmptyState
      icon="search"
      title={text.noMatch}
      hint={text.noMatchHint}
      action={<Button onClick={clear}>{text.clear}</Button>}
    />
  ) : (
    <EmptyState
      icon="send"
      title={text.empty}
      hint={text.emptyHint}
      action={<ButtonLink to="/send">{text.send}</ButtonLink>}
    />
  )
  return (
    <>
      <PageHeader
        title={text.title}
        beside={total !== null && <span className="muted">{text.count(format.number(total))}</span>}
        actions={actions}
      />
      <DeliveryFilters filter={filter} isFiltered={isFiltered} onChange={change} onClear={clear} />
      {error !== null && <ErrorState error={error} onRetry={loadMore} />}
      {rows.length > 0 ? (
        <div className="panel log">
          <VirtualTable
            caption={text.caption}
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            total={total ?? -1}
            onEnd={loadMore}
            isMarked={({ id }) => selected.has(id)}
          />
          {isLoading && <p className="visually-hidden">{text.loadingMore}</p>}
        </div>
      ) : (
        error === null &&
        (isLoading || total === null ? <LoadingState height={480} /> : <div className="panel">{empty}</div>)
      )}
      <SelectionBar selected={[...selected]} onClear={() => setSelected(new Set())} />
    </>
  )
}

import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useApi } from '../../api/page-api.ts'
import { usePreference } from '../../preference/use-preference.ts'
import { useText } from '../../text/use-text.ts'
import { type Column, TableHead } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { oneOf, useAddressState } from '../../ui/use-address-state.ts'
import { AreaRows, type Check, type MatrixColumn, type Service } from './area-rows.tsx'
import { CheckFilters, shows } from './check-filters.tsx'
import { conformanceText } from './conformance-text.ts'
import { type Run, RunBadge } from './run-badge.tsx'

interface CheckMatrixProps {
  readonly services: readonly Service[]
  /** Newest first. */
  readonly runs: readonly Run[]
}

/** Every check in a row, every service in a column. */
export function CheckMatrix({ services, runs }: CheckMatrixProps) {
  const text = useText(conformanceText)
  const { conformance } = useApi()
  const [address, change] = useAddressState()
  const checks = useQuery({ ...conformance.listChecks.query(), staleTime: Number.POSITIVE_INFINITY })
  const newest = services.flatMap((service) => {
    const run = runs.find((one) => one.service === service.slug)
    return run ? [{ service, run }] : []
  })
  const details = useQueries({ queries: newest.map(({ run }) => conformance.getRun.query({ id: run.id })) })
  const columns = newest.map(({ service, run }, index): MatrixColumn => {
    const results = details[index]?.data?.results ?? []
    return { service, run, results: new Map(results.map((result) => [result.id, result])) }
  })
  return (
    <Panel title={text.matrix} note={text.matrixNote} flush>
      <Loaded query={checks} height={320}>
        {({ checks: all }) => (
          <>
            <CheckFilters areas={[...new Set(all.map(({ area }) => area))]} address={address} onChange={change} />
            <MatrixTable
              checks={all.filter((check) => isShown(check, columns, address))}
              columns={columns}
              isFiltered={['area', 'search', 'show'].some((name) => address.get(name) !== null)}
            />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function isShown(check: Check, columns: readonly MatrixColumn[], address: URLSearchParams): boolean {
  const area = address.get('area')
  const search = (address.get('search') ?? '').toLowerCase()
  const show = oneOf(shows, address.get('show')) ?? 'all'
  if (area !== null && check.area !== area) return false
  if (![check.id, check.title.ko, check.title.en].some((one) => one.toLowerCase().includes(search))) return false
  return show === 'all' || columns.some(({ results }) => results.get(check.id)?.outcome === show)
}

interface MatrixTableProps {
  readonly checks: readonly Check[]
  readonly columns: readonly MatrixColumn[]
  /** Who looks for something sees all of what was found. */
  readonly isFiltered: boolean
}

function MatrixTable({ checks, columns, isFiltered }: MatrixTableProps) {
  const text = useText(conformanceText)
  const areas = Map.groupBy(checks, ({ area }) => area)
  if (checks.length === 0) return <EmptyState icon="search" title={text.nothing} hint={text.nothingHint} />
  const heads: readonly Column<Check>[] = [
    { key: 'check', head: text.columns.check, cell: ({ id }) => id },
    ...columns.map(({ service, run }) => ({
      key: service.slug,
      head: <ServiceHead service={service} run={run} />,
      cell: ({ id }: Check) => id,
    })),
  ]
  return (
    <div className="matrix">
      <ScrollRegion label={text.matrix} className="table-scroll">
        <table className="table">
          <caption className="visually-hidden">{text.matrix}</caption>
          <TableHead columns={heads} />
          {[...areas].map(([area, ofArea]) => (
            <AreaRows
              key={`${area} ${isFiltered}`}
              area={area}
              checks={ofArea}
              columns={columns}
              isOpenFirst={isFiltered || ofArea.some(({ id }) => columns.some((one) => hasFailed(one, id)))}
            />
          ))}
        </table>
      </ScrollRegion>
    </div>
  )
}

function hasFailed({ results }: MatrixColumn, id: string): boolean {
  return results.get(id)?.outcome === 'fail'
}

function ServiceHead({ service, run }: Pick<MatrixColumn, 'service' | 'run'>) {
  const text = useText(conformanceText)
  const language = usePreference('language')
  return (
    <span className="matrix-head">
      <Link href={`/conformance/runs/${run.id}`}>{service.title[language]}</Link>
      {run.must?.score != null ? (
        <span className={run.must.score === 100 ? 'score score-full' : 'score'}>
          {text.score(String(run.must.score))}
        </span>
      ) : (
        <RunBadge state={run.state} />
      )}
    </span>
  )
}
